"""How blurred MS is: which gains hold, those that are told or those that were measured."""

from rsfusion_qgis.core.operators.gain_survey import settled


def test_what_holds_of_what_is_told_and_measured():
    assert settled((), ()) == ()
    assert settled((), (0.4,)) == (0.4,) and settled((0.3,), ()) == (0.3,)
    assert settled((0.3, 0.34), (0.36, 0.38)) == (0.3, 0.34) and settled((0.3, 0.34), (0.44, 0.46)) == (0.44, 0.46)
