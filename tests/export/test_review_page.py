"""The review page in a browser: highlights meet fields, corrections are saved, downloaded, applied and kept."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chromium import NO_BROWSER, played
from samples import evidence_in
from vndirective import batch
from vndirective.cli import app
from vndirective.export import export
from vndirective.export.collection import Collection, read_record
from vndirective.export.writing import Settings
from vndirective.schema.record import Record

browser = pytest.mark.skipif(bool(NO_BROWSER), reason=NO_BROWSER)
TYPED, DRAWN = "s23-kl-dang-uy-xa.txt", "s04-ct-ubnd-tinh.pdf"


def page_of(out: Path, **settings: str) -> Path:
    return export(out, "html", None, Settings(**settings)).written.paths[0]


def record_of(out: Path, name: str) -> Record:
    found = read_record(out / "records" / f"{name}.json")
    assert isinstance(found, Record)
    return found


def at(record: Record, pointer: str):
    value = record.model_dump(mode="json")
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def blocks(page: Path) -> dict[str, str]:
    text = page.read_text(encoding="utf-8")
    return dict(re.findall(r'<script type="(?:text/plain|application/json)" id="data-([^"]+)">([^<]*)</script>', text))


@browser
def test_each_highlight_covers_the_words_of_its_field(sample_out: Path, tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    export(sample_out, "html", target)
    found = played("highlights.js", target, [TYPED, DRAWN])
    for uri, least in ((TYPED, 25), (DRAWN, 20)):
        record = record_of(sample_out, uri)
        values = {p: v for p, v in found[uri].items() if p != "/marks"}
        assert len(values) >= least
        for pointer, value in values.items():
            evidence = at(record, pointer)["evidence"]
            assert value["fromField"] and value["fromSource"], pointer
            if uri == TYPED:
                assert value["words"] == evidence["quote"]
            else:
                boxes = sorted(b for s in evidence["spans"] for b in s["boxes"])
                assert len(value["box"]) == len(boxes)
                for drawn, box in zip(sorted(value["box"]), boxes, strict=True):
                    on_paper = [drawn[0] * 595.3, drawn[1] * 841.9, drawn[2] * 595.3, drawn[3] * 841.9]
                    assert on_paper == pytest.approx(box, abs=1.5)


@browser
def test_a_correction_is_saved_applied_and_kept_by_a_later_run(out: Path, tmp_path: Path) -> None:
    before = record_of(out, TYPED)
    patch = tmp_path / "patch.json"
    last = len(before.tasks[0].assignees) - 1
    steps = [
        ["edit", "/issuer", {"name": 'Đảng ủy xã Khe "Rồng" </script>'}],
        ["edit", "/number", {"value": "x" * 3}],
        ["edit", "/issued_on", {"iso": "2025-02-30"}],
        ["edit", "/tasks/0/deadlines/0", {"end": "2025-12-30", "time": "17:00"}],
        ["edit", "/marks", {"urgency": "KHẨN"}],
        ["remove", f"/tasks/0/assignees/{last}", None],
        ["add", "/tasks/0/assignees", {"name": "Văn phòng Đảng ủy", "role": "coordinate"}],
        ["add", "/tasks/1/deadlines", {"raw": "trước 10/11", "end": "2025-11-10", "kind": "by"}],
        ["confirm", "/subject", None],
        ["edit", "/place", {"name": "Khe Sim"}],
        ["undo", "/place", None],
        ["remove", "/tasks/2", None],
    ]
    said = played("correct.js", page_of(out), {"uri": TYPED, "save": str(patch), "steps": steps})
    assert "2025" not in said[1]["complaint"] and said[2]["complaint"]  # 30 February is refused at once
    assert said[-2]["count"] == "(9)" and said[-1] == "patch.json"
    result = CliRunner().invoke(app, ["apply", str(out), str(patch), "--by", "Hà Vân", "--on", "2025-11-03"])
    assert result.exit_code == 0, result.output

    def look(record: Record) -> None:
        assert record.issuer and record.issuer.name == 'Đảng ủy xã Khe "Rồng" </script>'
        assert (record.issuer.evidence.rule, record.issuer.evidence.confidence) == ("human.correction", 1.0)
        assert record.number and record.number.canonical == f"xxx/{record.number.symbol}"
        assert record.place == before.place and record.issued_on == before.issued_on
        deadline = record.tasks[0].deadlines[0]
        assert (deadline.end, deadline.time, deadline.evidence.rule) == ("2025-12-30", "17:00", "human.correction")
        assert record.marks.urgency == "KHẨN"
        names = [a.name for a in record.tasks[0].assignees]
        assert names == [*(a.name for a in before.tasks[0].assignees[:last]), "Văn phòng Đảng ủy"]
        assert record.tasks[1].deadlines[-1].end == "2025-11-10"
        assert record.subject and record.subject.evidence.rule == "human.confirmation"
        assert [t.text for t in record.tasks] == [t.text for n, t in enumerate(before.tasks) if n != 2]
        assert "/issuer" not in record.review

    look(record_of(out, TYPED))
    kept = json.loads((out / "corrections" / f"{TYPED}.json").read_text(encoding="utf-8"))
    assert [(e["by"], e["on"]) for e in kept["applied"]] == [("Hà Vân", "2025-11-03")]
    applied = record_of(out, TYPED)
    sources = out.parent / "notices" / TYPED
    assert CliRunner().invoke(app, ["extract", str(sources), "-o", str(out)]).exit_code == 0
    assert record_of(out, TYPED) == applied
    # and shown as a person's in the page made anew
    text = json.loads(zlib.decompress(base64.b64decode(blocks(page_of(out))[f"d{_number(out, TYPED)}"])))
    assert text["record"]["issuer"]["evidence"]["rule"] == "human.correction"


@browser
def test_what_was_not_found_is_filled_in_and_what_is_none_removed(notice: Callable[..., Path], tmp_path: Path) -> None:
    out = notice(
        "THÔNG BÁO\nVề việc rà soát 😀 hồ sơ\n\n1. Các trường học rà soát 95% hồ sơ theo Kế hoạch số 12/KH-UBND ngày 03/3/2025, xong "
        "trước ngày 15/4/2025.\n2. Các thôn báo cáo kết quả khi thu hoạch xong.\n",
        "a.txt",
    )
    before = record_of(out, "a.txt")
    assert before.place is None and before.number is None and len(before.targets) == len(before.references) == 1
    patch = tmp_path / "patch.json"
    steps = [
        ["edit", "/place", {"name": "Khe Sim"}],
        ["edit", "/number", {"value": "07", "symbol": "TB-UBND"}],
        ["edit", "/issued_on", {"iso": "2025-03"}],
        ["remove", "/targets/0", None],
        ["remove", "/references/0", None],
        ["select", "khi thu hoạch xong", None],
        ["add", "/tasks/1/deadlines", {"kind": "event"}],
    ]
    played("correct.js", page_of(out), {"uri": "a.txt", "save": str(patch), "steps": steps})
    result = CliRunner().invoke(app, ["apply", str(out), str(patch)])
    assert result.exit_code == 0, result.output
    record = record_of(out, "a.txt")
    assert record.place and record.number and record.issued_on
    assert (record.place.name, record.number.canonical) == ("Khe Sim", "07/TB-UBND")
    assert (record.issued_on.iso, record.issued_on.month, record.issued_on.day) == ("2025-03", 3, None)
    assert record.targets == record.references == () == record.tasks[0].target_ids == record.tasks[0].reference_ids
    deadline = record.tasks[1].deadlines[-1]
    [span] = deadline.evidence.spans
    assert record.text and record.text[span.start : span.end] == deadline.raw == deadline.evidence.quote
    assert (deadline.raw, deadline.kind) == ("khi thu hoạch xong", "event")
    assert CliRunner().invoke(app, ["extract", str(out.parent / "in"), "-o", str(out)]).exit_code == 0
    assert record_of(out, "a.txt") == record


def _number(out: Path, name: str) -> int:
    return next(n for n, (path, _) in enumerate(Collection(out).named_records()) if path == f"records/{name}.json")


@browser
def test_views_search_keyboard_themes_and_print(sample_out: Path, tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    export(sample_out, "html", target)
    records = list(Collection(sample_out).records())
    found = played("tour.js", target, {"search": "khe rong", "day": "2025-10-10"})
    assert found["documents"] == len(records)
    assert int(found["first"]) == max(len(r.review) for r in records)
    assert not found["wider"]  # nothing lies outside 1366×768
    assert 1 <= found["searched"] < len(records)
    assert (found["second"], found["back"]) == ("/number", "/doc_type") and found["help"]
    assert found["points"] > 5 and found["overdue"] > 5
    assert any(w.startswith("Tuần 42: 13/10/2025 – 19/10/2025") for w in found["weeks"])
    leads = {a.name for r in records for t in r.tasks for a in t.assignees if a.role == "lead"}
    assert {re.sub(r" \(\d+\)$", "", u) for u in found["units"]} <= leads | {"Chưa nêu đơn vị chủ trì"}
    assert found["opened"].startswith("/tasks/") and found["theme"]
    assert found["undrawn"] == 0
    assert found["printed"] == {"header": 0, "fields": True}


MARKUP = (
    "Số: 5/TB-UBND\nĐồng Kê, ngày 02 tháng 4 năm 2025\n\nTHÔNG BÁO\nVề việc </script><script>window.hacked = 1</script>\n\n"
    '1. Các trường rà soát <img src=x onerror="window.hacked=1"> & "hồ sơ" \'cũ\' <b>đậm</b> trước ngày 15/4/2025.\n'
    "2. Các thôn báo cáo <!-- <script> 😀 ]]> trước ngày 20/4/2025.\n"
)
TURNED = "\u202eđảo chiều\u202c"


@browser
def test_markup_in_a_notice_is_text(notice: Callable[..., Path], hostile: Path) -> None:
    out = notice(MARKUP, "a<b>&'.txt")
    [path] = (out / "records").rglob("*.json")
    record = Record.model_validate_json(path.read_bytes())
    assert record.subject
    subject = record.subject.model_copy(
        update={"text": f"{record.subject.text} {TURNED}"}
    )  # a reader takes such marks out
    record = record.model_copy(update={"subject": subject})
    path.write_text(record.model_dump_json(), encoding="utf-8")
    found = played("hostile.js", page_of(out))
    assert found["text"] == record.text and "</script>" in found["text"]
    assert any(f.endswith(TURNED) for f in found["fields"])
    assert record.tasks[0].text in found["fields"] and record.tasks[1].text in found["fields"]
    assert "<b>đậm</b>" in found["agenda"] and "</script><script>" in found["list"]
    assert (found["foreign"], found["ran"]) == (0, False)
    found = played("hostile.js", page_of(hostile))
    assert (found["foreign"], found["ran"]) == (0, False) and "<script>alert(1)</script>" in found["list"]


def test_the_page_names_no_other_place(out: Path) -> None:
    text = page_of(out, lang="en").read_text(encoding="utf-8")
    bare = re.sub(r'<script type="(text/plain|application/json)".*?</script>', "", text)
    assert re.findall(r"(?:https?:)?//[a-z][^\s'\"]*", bare.replace("http://www.w3.org/2000/svg", "")) == [] or all(
        m.startswith("// ") for m in re.findall(r"//.*", bare)
    )
    assert "default-src 'none'" in bare and not re.search(r"<(?:link|img|iframe)\b|@import|url\(", bare)
    assert "Review of official notices" in bare and "{{" not in bare


def test_each_record_stands_in_the_page_whole(out: Path) -> None:
    found = blocks(page_of(out))
    documents = json.loads(found["documents"])
    for number, (name, record) in enumerate(Collection(out).named_records()):
        row = documents[number]
        details = json.loads(zlib.decompress(base64.b64decode(found[f"d{number}"])))
        assert row["record"] == name and row["sha256"] == record.source.sha256
        whole = record.model_dump(mode="json")
        del whole["outline"]
        assert details["record"] == whole
        assert set(details["why"]) == set(record.review)
        assert len(evidence_in(details["record"])) > 0
    tasks = json.loads(zlib.decompress(base64.b64decode(found["agenda"])))
    assert len(tasks) == sum(row["tasks"] for row in documents)


def settle_some(out: Path) -> None:
    """Two notices in PDF of which nothing is doubtful any more."""
    paged = [
        (name, r)
        for name, r in Collection(out).named_records()
        if r.source.media_type == "application/pdf" and r.source.uri != DRAWN
    ]
    for name, record in paged[:2]:
        file = next(out.rglob(name))
        settled = json.loads(file.read_text(encoding="utf-8")) | {"review": []}
        assert settled["id"] == record.id
        file.write_text(json.dumps(settled, ensure_ascii=False), encoding="utf-8")


def test_pictures_as_asked_for(out: Path) -> None:
    settle_some(out)

    def pictured(**settings: str) -> set[str]:
        found = blocks(page_of(out, **settings))
        return {d["uri"] for d in json.loads(found["documents"]) if d["pages"]}

    paged = {r.source.uri for r in Collection(out).records() if r.source.media_type == "application/pdf"}
    doubtful = {r.source.uri for r in Collection(out).records() if r.review}
    assert pictured() == pictured(pictures="all") == paged and len(paged) >= 5
    assert pictured(pictures="review") == paged & doubtful != paged
    assert pictured(pictures="none") == set()


def test_what_has_no_picture_is_said(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle_some(out)
    (out.parent / "notices" / DRAWN).unlink()
    written = export(out, "html").written
    assert [(n.code, n.names) for n in written.notes] == [("pictures_lost", (DRAWN,))]
    monkeypatch.setattr("vndirective.export.html.pictures.BUDGET", 1)
    monkeypatch.setattr("vndirective.export.html.pictures.CEILING", 10**9)
    paged = [r for r in Collection(out).records() if r.source.media_type == "application/pdf"]
    left = [n.count for n in export(out, "html").written.notes if n.code == "pictures_left"]
    drawable = sum(not r.review and r.source.uri != DRAWN for r in paged)
    assert left and left[0] >= drawable - 1  # the first is drawn while nothing has been spent


def test_a_picture_file_is_drawn_as_its_boxes_were_measured(tmp_path: Path) -> None:
    from PIL import Image

    from vndirective.export.html.pictures import Album

    sources = tmp_path / "in"
    sources.mkdir()
    Image.new("RGB", (1240, 1754), "white").save(sources / "a.png", dpi=(150, 150))
    data = (sources / "a.png").read_bytes()
    batch.write_sources(tmp_path / "out", [sources])
    import hashlib

    sample = extract_sample()
    source = sample.source.model_copy(
        update={
            "uri": "a.png",
            "media_type": "image/png",
            "sha256": hashlib.sha256(data).hexdigest(),
            "size_bytes": len(data),
        }
    )
    [picture] = Album(Collection(tmp_path / "out"), "all").pictures_of(sample.model_copy(update={"source": source}))
    assert (picture.page, picture.width, picture.height) == (1, pytest.approx(595.2), pytest.approx(841.9, abs=0.1))
    assert picture.data[8:12] == b"WEBP"


def extract_sample() -> Record:
    from vndirective import extract_text

    return extract_text("Số: 5/TB-UBND\n\nTHÔNG BÁO\nVề việc nghỉ\n\n1. Các thôn báo cáo.\n")[0]
