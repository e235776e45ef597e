"""Common categories of points of interest by OpenStreetMap's tags; land use is not among them."""

from __future__ import annotations

OSM_RULES = (
    "food: amenity=restaurant|cafe|bar|pub|fast_food|food_court|ice_cream|biergarten|nightclub; "
    "retail: shop=*, amenity=marketplace, building=retail|supermarket|kiosk; "
    "public: amenity=townhall|courthouse|post_office|police|fire_station|embassy|prison, "
    "office=government|diplomatic, building=public|civic|government; "
    "office: office=*, building=office|commercial; "
    "finance: amenity=bank|atm|bureau_de_change; "
    "education: amenity=school|kindergarten|university|college|library|music_school, "
    "building=school|university|kindergarten|college; "
    "health: amenity=hospital|clinic|doctors|dentist|pharmacy|veterinary, healthcare=*, building=hospital; "
    "religion: amenity=place_of_worship, building=church|cathedral|chapel|mosque|temple|synagogue; "
    "culture: amenity=theatre|cinema|arts_centre|community_centre|events_venue, tourism=museum|gallery|attraction, "
    "building=museum; "
    "lodging: tourism=hotel|hostel|guest_house|apartment|motel, building=hotel; "
    "homes: building=apartments|residential|house|detached|terrace|dormitory, entrance=staircase|home; "
    "leisure: leisure=playground|pitch|sports_centre|fitness_centre|swimming_pool|stadium; "
    "open air: amenity=bench|fountain|drinking_water|shelter|waste_basket, historic=memorial|monument, "
    "tourism=artwork|viewpoint|picnic_site, natural=tree; "
    "transport: public_transport=*, highway=bus_stop, railway=station|tram_stop|subway_entrance|halt, "
    "amenity=bus_station|parking|fuel|bicycle_rental|taxi, building=train_station|garage; "
    "industry: man_made=works|silo|storage_tank|chimney, craft=*, industrial=*, building=industrial|warehouse"
)
"""What categories are made of OpenStreetMap's tags where the user says nothing."""
