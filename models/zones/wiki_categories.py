"""Categories of points as the wiki of OpenStreetMap groups its tags, on the page "Map features".

Each key of that page is a category; the keys amenity and building are divided by the page's own subheadings. Left out
are land use and leisure=park, by which the benchmark tells its truth. The order is that of the page, but buildings come
last, since most of them are no points of interest. These were written down from memory of the page, not copied from
it, before they were tried on any town, and not changed since; the page may group a tag otherwise by now.
"""

from __future__ import annotations

AMENITY = {
    "sustenance": "bar biergarten cafe fast_food food_court ice_cream pub restaurant",
    "education": "college dancing_school driving_school first_aid_school kindergarten language_school library "
                 "surf_school toy_library research_institute training music_school school traffic_park university",
    "transportation": "bicycle_parking bicycle_repair_station bicycle_rental bicycle_wash boat_rental boat_sharing "
                      "bus_station car_rental car_sharing car_wash compressed_air vehicle_inspection charging_station "
                      "driver_training ferry_terminal fuel grit_bin motorcycle_parking parking parking_entrance "
                      "parking_space taxi weighbridge",
    "financial": "atm payment_terminal bank bureau_de_change money_transfer payment_centre",
    "healthcare": "baby_hatch clinic dentist doctors hospital nursing_home pharmacy social_facility veterinary",
    "entertainment": "arts_centre brothel casino cinema community_centre conference_centre events_venue "
                     "exhibition_centre fountain gambling love_hotel music_venue nightclub planetarium public_bookcase "
                     "social_centre stage stripclub studio swingerclub theatre",
    "public service": "courthouse fire_station police post_box post_depot post_office prison ranger_station townhall",
    "facilities": "bbq bench dog_toilet dressing_room drinking_water give_box lounge mailroom parcel_locker shelter "
                  "shower telephone toilets water_point watering_place",
    "waste management": "sanitary_dump_station recycling waste_basket waste_disposal waste_transfer_station",
}  # fmt: skip
KEYS = {
    "others": "amenity", "barrier": "barrier", "craft": "craft", "emergency": "emergency",
    "healthcare places": "healthcare",
    "highway": "highway", "historic": "historic", "man made": "man_made", "natural": "natural", "office": "office",
    "power": "power", "public transport": "public_transport", "railway": "railway", "shop": "shop",
    "telecom": "telecom", "tourism": "tourism", "water way": "waterway",
}  # fmt: skip
LEISURE = (
    "adult_gaming_centre amusement_arcade bandstand bathing_place beach_resort bird_hide bleachers bowling_alley "
    "common dance disc_golf_course dog_park escape_game firepit fishing fitness_centre fitness_station garden "
    "golf_course hackerspace horse_riding ice_rink marina miniature_golf nature_reserve outdoor_seating picnic_table "
    "pitch playground resort sauna slipway sports_centre sports_hall stadium summer_camp sunbathing swimming_area "
    "swimming_pool tanning_salon track trampoline_park water_park wildlife_hide"
)
BUILDING = {
    "accommodation buildings": "apartments barracks bungalow cabin detached annexe dormitory farm ger hotel house "
                               "houseboat residential semidetached_house static_caravan stilt_house terrace "
                               "tree_house",
    "commercial buildings": "commercial industrial kiosk office retail supermarket warehouse",
    "religious buildings": "religious cathedral chapel church kingdom_hall monastery mosque presbytery shrine "
                           "synagogue temple",
    "civic buildings": "bakehouse bridge civic college fire_station government gatehouse hospital kindergarten library "
                       "museum public school toilets train_station transportation university",
    "agricultural buildings": "barn conservatory cowshed farm_auxiliary greenhouse slurry_tank stable sty livestock",
    "sports buildings": "grandstand pavilion riding_hall sports_hall sports_centre stadium",
    "storage buildings": "allotment_house boathouse hangar hut shed",
    "buildings for cars": "carport garage garages parking",
    "technical buildings": "digester service tech_cab transformer_tower water_tower storage_tank silo",
}  # fmt: skip


def wiki_rules() -> str:
    """The text that `rsfusion:poidensity` and `rsfusion:classifyzones` take as TAGS."""
    rows = [f"{name}: amenity={_values(text)}" for name, text in AMENITY.items()]
    rows += [f"{name}: {key}=*" for name, key in KEYS.items()]
    rows.append(f"leisure: leisure={_values(LEISURE)}")
    rows += [f"{name}: building={_values(text)}" for name, text in BUILDING.items()]
    return "; ".join(rows)


def _values(text: str) -> str:
    return "|".join(text.split())
