"""The arithmetic of reliability, and what is learnt from judged values."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from vndirective.confidence.calibration import Calibration, Weight
from vndirective.evaluate.fitting import cross_validate, fit
from vndirective.evaluate.gold import GoldDocument, GoldNotice, GoldTask
from vndirective.evaluate.judged import JudgedValue, families_of
from vndirective.evaluate.reliability import Forecast, calibration_error, calibration_error_by_rank, curve, review


def forecasts(*groups: tuple[float, int, int]) -> list[Forecast]:
    """(confidence, how many, how many of them right)."""
    return [Forecast(sure, sure < 0.9, n < right) for sure, values, right in groups for n in range(values)]


def test_a_perfect_forecast_has_no_error() -> None:
    found = forecasts((0.75, 4, 3), (0.5, 2, 1))
    assert calibration_error(found) == calibration_error([]) == 0


def test_calibration_error_is_the_mean_distance_by_values() -> None:
    # 8 values at 0.95 of which 6 are right (0.20 off), 2 at 0.55 of which both are (0.45 off)
    found = forecasts((0.95, 8, 6), (0.55, 2, 2))
    assert calibration_error(found) == pytest.approx((8 * 0.20 + 2 * 0.45) / 10)


def test_overconfidence_and_its_opposite_do_not_cancel_within_the_crowded_end() -> None:
    # one bin of equal width sees 0.95 on the mean and 0.95 right; bins by rank see 0.90 and 1.00 apart
    found = forecasts((0.91, 50, 50), (0.99, 50, 45))
    assert calibration_error(found) == pytest.approx(0.0)
    assert calibration_error_by_rank(found, parts=2) == pytest.approx((0.09 + 0.09) / 2)


def test_curve_has_the_bins_that_hold_something() -> None:
    bins = curve(forecasts((0.3, 2, 1), (0.97, 3, 3), (1.0, 1, 1)))
    assert [(b.low, b.high, b.values, b.right) for b in bins] == [
        (0.0, 0.5, 2, 0.5),
        (0.95, 0.98, 3, 1.0),
        (0.99, 1.0, 1, 1.0),
    ]


def test_review_counts_flags_and_the_errors_they_hold() -> None:
    found = review(forecasts((0.8, 10, 7), (0.99, 40, 39)))
    assert (found.values, found.flagged, found.errors, found.caught) == (50, 10, 4, 3)
    assert (found.flagged_share, found.caught_share) == (0.2, 0.75)
    assert review(forecasts((0.99, 3, 3))).caught_share is None


def values(family: str, signs: tuple[str, ...], right: int, wrong: int) -> list[JudgedValue]:
    return [
        JudgedValue(family, family, f"/{n}", "tasks", ("field:tasks", *signs), n < right) for n in range(right + wrong)
    ]


def test_the_more_often_a_rule_is_wrong_the_less_sure_its_values() -> None:
    shares = (0, 5, 20, 60)
    seen = [v for wrong in shares for v in values("a", (f"rule:tasks/r{wrong}",), 100 - wrong, wrong)]
    calibration = fit(seen)
    sure = [calibration.probability(("field:tasks", f"rule:tasks/r{wrong}")) for wrong in shares]
    assert sure == sorted(sure, reverse=True) and len(set(sure)) == 4
    for wrong, probability in zip(shares, sure, strict=True):
        assert probability == pytest.approx(1 - wrong / 100, abs=0.06)  # drawn a little towards the field's mean


def test_a_sign_that_is_seldom_seen_says_little() -> None:
    many = fit(values("a", (), 500, 5) + values("b", ("rule:tasks/r",), 0, 40))
    few = fit(values("a", (), 500, 5) + values("b", ("rule:tasks/r",), 0, 1))
    probe = ("field:tasks", "rule:tasks/r")
    assert many.probability(probe) < 0.3 < few.probability(probe) < few.probability(("field:tasks",))


def test_a_sign_of_doubt_lowers_confidence_until_gold_says_otherwise() -> None:
    seen = values("a", (), 300, 3)
    untested, harmless = (
        fit(seen + values("b", ("sign:bracket",), 1, 0)),
        fit(seen + values("b", ("sign:bracket",), 900, 0)),
    )
    assert untested.weights["sign:bracket"].weight < -0.5 < 0 < harmless.weights["sign:bracket"].weight


def test_fit_is_the_same_each_time_and_in_any_order() -> None:
    seen = values("a", ("rule:tasks/r",), 50, 3) + values("b", ("sign:no_end",), 20, 4)
    assert fit(seen) == fit(seen) == fit(seen[::-1])
    with pytest.raises(ValueError, match="no judged values"):
        fit([])


def test_the_threshold_leaves_at_most_the_allowed_share_below() -> None:
    seen = values("a", ("rule:tasks/bad",), 5, 5) + values("a", (), 90, 0)
    calibration = fit(seen)
    below = [v for v in seen if calibration.probability(v.signs) < calibration.review_below]
    assert len(below) == 10 and {v.signs for v in below} == {("field:tasks", "rule:tasks/bad")}


def test_notices_that_no_rule_has_seen_say_most_and_set_the_threshold() -> None:
    known = [replace(v, share=0.1) for v in values("a", ("rule:tasks/r",), 1000, 0)]
    unseen = values("b", ("rule:tasks/r",), 80, 20) + values("b", (), 900, 0)
    calibration = fit(known + unseen)
    assert calibration.probability(("field:tasks", "rule:tasks/r")) == pytest.approx(0.9, abs=0.02)  # 180 of 200
    assert calibration.weights["rule:tasks/r"].values == 1100  # counted as they are
    below = [v for v in unseen if calibration.probability(v.signs) < calibration.review_below]
    assert {v.signs for v in below} == {("field:tasks", "rule:tasks/r")} and len(below) == 100


def test_a_notice_is_foretold_without_its_own_copy() -> None:
    # a rule that is always wrong in one family: held out, nothing is known against it
    seen = values("a", (), 200, 2) + values("b", ("rule:tasks/only_here",), 0, 30)
    held = cross_validate(seen)
    assert len(held) == len(seen)
    assert min(f.confidence for f, v in zip(held, seen, strict=True) if v.family == "b") > 0.9
    assert fit(seen).probability(("field:tasks", "rule:tasks/only_here")) < 0.4


def test_copies_of_a_notice_are_one_family() -> None:
    def notice(name: str, *anchors: str) -> GoldNotice:
        tasks = tuple(GoldTask(a, a, (), (), (), False) for a in anchors)
        return GoldNotice(name, "", (GoldDocument({}, False, (), (), (), (), (), tasks),))

    found = families_of(
        [
            notice("t1", "Rà soát hồ chứa", "Lập danh sách"),
            notice("t2"),
            notice("t3", "rà soát hồ chứa."),
            notice("t4", "Họp dân"),
        ]
    )
    assert found == {"t1": "t1", "t2": "t2", "t3": "t1", "t4": "t4"}


def test_unknown_signs_count_nothing() -> None:
    calibration = Calibration(2.0, {"field:tasks": Weight(1.0, 10, 9)}, 0.5)
    known = calibration.probability(("field:tasks",))
    assert known == pytest.approx(1 / (1 + math.exp(-3.0)))
    assert calibration.probability(("field:tasks", "rule:tasks/of_tomorrow", "sign:unheard_of")) == known
    assert 0 < Calibration(900.0, {}, 0.5).probability(()) <= 1
