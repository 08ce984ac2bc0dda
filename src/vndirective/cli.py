"""The command line: extract, status, watch, export, view, apply, tasks, show, explain, evaluate, text, ocr, schema, doctor. No logic here; heavy imports wait until a command runs."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vndirective.batch import Options, Outcome
    from vndirective.batch.archive import Plan, Tally
    from vndirective.errors import VndirectiveError
    from vndirective.export import Exported, Settings
    from vndirective.export.collection import Collection
    from vndirective.progress import Display

app = typer.Typer(
    name="vndirective",
    help="Đọc văn bản chỉ đạo thành bản ghi: ai làm gì, khi nào, đạt chỉ tiêu nào. Chạy ngoại tuyến.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Lang = Literal["vi", "en"]
OcrOption = Annotated[
    Literal["auto", "best", "off"],
    typer.Option("--ocr", help="Nhận dạng bản chụp: auto, best (đọc nhiều lượt, chậm hơn) hoặc off."),
]
MaxPagesOption = Annotated[int, typer.Option("--max-pages", min=1, help="Số trang chụp tối đa được nhận dạng mỗi tệp.")]
MaxPixelsOption = Annotated[int, typer.Option("--max-pixels", min=1, help="Số điểm ảnh tối đa của một trang.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Ghi đè cả bảng theo dõi đã bị sửa.")]
PicturesOption = Annotated[
    Literal["auto", "all", "review", "none"],
    typer.Option(
        "--pictures",
        help="Ảnh trang trong trang rà soát: all, review (chỉ văn bản cần xem lại), none; auto là tất cả tới 40 MB, sau đó chỉ văn bản cần xem lại.",
    ),
]
JobsOption = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Số tiến trình; 0 là theo số nhân.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Chỉ hiện lỗi và dòng tổng.")]
JsonLogOption = Annotated[bool, typer.Option("--json-log", help="Ghi diễn biến thành từng dòng JSON ra stderr.")]
IncludeOption = Annotated[
    list[str] | None,
    typer.Option("--include", metavar="GLOB", help="Chỉ đọc tệp khớp mẫu này (*.pdf, 2024/*); lặp lại được."),
]
ExcludeOption = Annotated[
    list[str] | None, typer.Option("--exclude", metavar="GLOB", help="Bỏ qua tệp khớp mẫu này; lặp lại được.")
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", min=1, help="Số giây tối đa một tệp (bản chụp: một trang) được đọc.")
]
MemoryOption = Annotated[int, typer.Option("--memory", min=256, help="Số MB bộ nhớ tối đa của một tiến trình.")]
WidthOption = Annotated[int, typer.Option("--width", min=0, help="Bề rộng in ra; 0 là theo màn hình.")]
OutArgument = Annotated[Path, typer.Argument(help="Thư mục kết quả của lệnh extract.", metavar="OUT")]
LangOption = Annotated[Lang, typer.Option("--lang", help="Ngôn ngữ thông báo: vi hoặc en.")]


def _version(asked: bool) -> None:
    if asked:
        from vndirective import __version__

        typer.echo(f"vndirective {__version__}")
        raise typer.Exit


@app.callback()
def main_options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Hiện phiên bản.")
    ] = False,
) -> None:
    """Options of the program itself."""


@app.command()
def extract(
    output: Annotated[
        str, typer.Option("-o", "--out", metavar="OUT", help="Thư mục kết quả; với --engine dask cả s3://….")
    ],
    inputs: Annotated[
        list[str] | None,
        typer.Argument(help="Tệp hoặc thư mục; với --engine dask cả s3://….", metavar="[INPUT...]"),
    ] = None,
    files_from: Annotated[
        str,
        typer.Option(
            "--files-from",
            metavar="LIST",
            help="Đọc thêm các tệp có tên trong danh sách (UTF-8, mỗi dòng một tệp); - là đầu vào chuẩn.",
        ),
    ] = "",
    include: IncludeOption = None,
    exclude: ExcludeOption = None,
    shard: Annotated[str, typer.Option("--shard", metavar="i/n", help="Chỉ đọc phần thứ i trong n phần.")] = "1/1",
    no_text: Annotated[bool, typer.Option("--no-text", help="Không ghi toàn văn vào bản ghi.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Đọc lại tất cả, kể cả tệp không đổi.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Đọc lại cả các tệp đã bị để riêng.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Chờ nếu lần chạy khác đang ghi vào thư mục kết quả.")] = False,
    jobs: JobsOption = 0,
    timeout: TimeoutOption = 300.0,
    memory: MemoryOption = 4096,
    quiet: QuietOption = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Hiện từng bản ghi dù nhiều, và chi tiết lỗi của chương trình.")
    ] = False,
    json_log: JsonLogOption = False,
    ocr: OcrOption = "auto",
    max_pages: MaxPagesOption = 500,
    max_pixels: MaxPixelsOption = 120_000_000,
    export_to: Annotated[
        str, typer.Option("--export", metavar="FORMAT[,FORMAT]", help="Xuất luôn các định dạng này vào OUT/export.")
    ] = "",
    engine: Annotated[
        Literal["local", "dask"], typer.Option("--engine", help="Chạy trên máy này hoặc cụm Dask.")
    ] = "local",
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="Địa chỉ Dask (tcp://… hoặc tls://…); để trống là cụm trên máy này.")
    ] = "",
    lang: LangOption = "vi",
) -> None:
    """Đọc các tệp và thư mục, ghi mỗi văn bản một bản ghi JSON vào OUT/records; lần sau chỉ đọc tệp mới, đã đổi hoặc lỗi."""
    from vndirective import batch, progress
    from vndirective.batch import archive
    from vndirective.errors import VndirectiveError
    from vndirective.export.writing import Settings
    from vndirective.messages import say
    from vndirective.parsers.ocr.settings import OcrSettings

    settings = OcrSettings(mode=ocr, max_pages=max_pages, max_pixels=max_pixels)
    plan = archive.Plan(
        workers=jobs or os.cpu_count() or 1,
        limits=batch.Limits(timeout, memory),
        search=batch.Search(tuple(include or ()), tuple(exclude or ()), _shard(shard, lang)),
        force=force,
        retry_failed=retry_failed,
        wait=wait,
    )
    shown = progress.JsonLog(lang) if json_log else progress.Console(lang, quiet=quiet, verbose=verbose)
    try:
        formats = _formats(export_to) if export_to else []
        options = batch.Options(keep_text=not no_text, ocr=settings)
        given = [*(inputs or []), *map(str, _listed(files_from, lang))]
        if engine == "dask":
            raise typer.Exit(_on_cluster(given, output, options, plan, scheduler, shown, lang))
        out = Path(output)
        with shown, archive.stopped_by_signals(shown.stopping) as stop:
            tally = archive.run_archive(list(map(Path, given)), out, options, plan, shown, stop)
    except VndirectiveError as error:
        _fail(error, lang)
    except KeyboardInterrupt:
        typer.echo(say("interrupted", lang), err=True)
        raise typer.Exit(130) from None
    _close_run(tally, out, lang, table=not quiet and not json_log)
    code = _export_all(out, formats, None, Settings(lang=lang)) if formats else 0
    raise typer.Exit(tally.exit_code or code)


def _on_cluster(
    inputs: list[str], out: str, options: Options, plan: Plan, scheduler: str, shown: Display, lang: Lang
) -> int:
    """The same on a cluster; exit code."""
    from vndirective.batch.manifest import Finished
    from vndirective.cluster import extracting
    from vndirective.cluster.child import Limits
    from vndirective.messages import say

    def show(outcomes: Iterable[Outcome], total: int) -> list[Outcome]:
        shown.planned(total, total)
        kept = []
        for outcome in outcomes:
            kept.append(outcome)
            shown.finished(Finished(outcome.job, (outcome,), None, 0.0))
        return kept

    limits = Limits(plan.limits.seconds, plan.limits.megabytes)
    asked = extracting.Asked(
        scheduler or None, plan.workers, plan.search, plan.force, plan.retry_failed, limits=limits, lang=lang
    )
    with shown:
        report, found = extracting.extract(inputs, out, options, asked, show)
    if not found:
        typer.echo(say("nothing", lang), err=True)
        return 2
    records = [s for outcome in report.outcomes for s in outcome.summaries]
    sums = {"files": len(report.outcomes), "records": len(records), "failures": len(report.failures)}
    typer.echo(say("totals", lang, out=out, tasks=sum(s.tasks for s in records), **sums), err=True)
    return report.exit_code


def _close_run(tally: Tally, out: Path, lang: Lang, *, table: bool) -> None:
    """The closing lines of a run; exits where it found nothing or was stopped."""
    from vndirective import progress
    from vndirective.batch.manifest import Manifest
    from vndirective.messages import say

    if not tally.found:
        typer.echo(say("nothing", lang), err=True)
        raise typer.Exit(2)
    if table and progress.wants_table(tally):
        from rich.console import Console

        with Manifest(out, read_only=True) as manifest:
            Console(stderr=True).print(progress.summary(manifest, lang))
    sums = {"files": tally.files, "records": tally.records, "tasks": tally.tasks, "failures": tally.failures}
    typer.echo(say("totals", lang, out=out, **sums), err=True)
    if tally.conflicts:
        typer.echo(f"  ⚠ {say('conflict_next', lang, out=out)}", err=True)
    if tally.stopped:
        typer.echo(say("interrupted", lang), err=True)
        raise typer.Exit(130)


def _shard(given: str, lang: Lang) -> tuple[int, int]:
    from vndirective.messages import say

    number, _, of = given.partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of):
        return int(number), int(of)
    typer.echo(say("bad_shard", lang), err=True)
    raise typer.Exit(2)


def _listed(files_from: str, lang: Lang) -> list[Path]:
    """Files named in a list or on the standard input; InputError where the list cannot be read."""
    from vndirective.batch.finding import listed_files
    from vndirective.errors import InputError
    from vndirective.messages import say

    if not files_from:
        return []
    try:
        data = sys.stdin.buffer.read() if files_from == "-" else Path(files_from).read_bytes()
        return listed_files(data.decode("utf-8-sig").splitlines(), Path())
    except UnicodeDecodeError as error:
        raise InputError(f"{files_from}: {say('bad_encoding_list', lang)}") from error
    except OSError as error:
        raise InputError(f"{files_from}: {error.strerror}") from error


@app.command()
def status(out: OutArgument, lang: LangOption = "vi") -> None:
    """Cho biết thư mục kết quả đang ở đâu: bao nhiêu tệp đã đọc, lỗi gì, có đang chạy không, làm gì tiếp."""
    from rich.console import Console

    from vndirective import progress
    from vndirective.batch.manifest import Manifest
    from vndirective.batch.status import status_lines
    from vndirective.errors import VndirectiveError
    from vndirective.messages import say

    if not (out / "manifest.sqlite").exists():
        typer.echo(say("status_none", lang, out=out))
        raise typer.Exit(2)
    try:
        with Manifest(out, read_only=True) as manifest:
            for line in status_lines(manifest, out, lang):
                typer.echo(line)
            Console().print(progress.summary(manifest, lang))
    except VndirectiveError as error:
        _fail(error, lang)


@app.command()
def watch(
    folder: Annotated[Path, typer.Argument(help="Thư mục được theo dõi.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Thư mục kết quả.")],
    interval: Annotated[float, typer.Option("--interval", min=0.1, help="Số giây giữa hai lần xem.")] = 5.0,
    include: IncludeOption = None,
    exclude: ExcludeOption = None,
    jobs: JobsOption = 1,
    timeout: TimeoutOption = 300.0,
    memory: MemoryOption = 4096,
    quiet: QuietOption = False,
    json_log: JsonLogOption = False,
    ocr: OcrOption = "auto",
    lang: LangOption = "vi",
) -> None:
    """Theo dõi một thư mục và đọc văn bản mới ngay khi có; kết thúc bằng Ctrl-C."""
    from vndirective import batch, progress
    from vndirective.batch import archive
    from vndirective.batch.watching import watch as look
    from vndirective.errors import VndirectiveError
    from vndirective.messages import say
    from vndirective.parsers.ocr.settings import OcrSettings

    search = batch.Search(tuple(include or ()), tuple(exclude or ()))
    plan = archive.Plan(jobs or os.cpu_count() or 1, batch.Limits(timeout, memory), search)
    options = batch.Options(ocr=OcrSettings(mode=ocr))
    shown = progress.JsonLog(lang) if json_log else progress.Console(lang, quiet=quiet, verbose=False, bar=False)
    if not quiet and not json_log:
        typer.echo(say("watching", lang, folder=folder), err=True)
    try:
        with shown, archive.stopped_by_signals(shown.stopping) as stop:
            for _ in look([folder], out, options, plan, shown, stop, interval):
                pass
    except VndirectiveError as error:
        _fail(error, lang)
    except KeyboardInterrupt:
        typer.echo(say("interrupted", lang), err=True)
        raise typer.Exit(130) from None


@app.command()
def merge(
    outs: Annotated[
        list[str], typer.Argument(help="Kết quả của các phần (--shard), thư mục hoặc s3://….", metavar="OUT...")
    ],
    out: Annotated[str, typer.Option("-o", "--out", help="Nơi gộp về, thư mục hoặc s3://….")],
    lang: LangOption = "vi",
) -> None:
    """Gộp kết quả của nhiều lần chạy (các phần, hoặc từ kho đối tượng về máy) để xuất chung."""
    from vndirective.cluster.merging import merge as merge_outs
    from vndirective.errors import VndirectiveError
    from vndirective.messages import say

    try:
        records = merge_outs(outs, out)
    except VndirectiveError as error:
        _fail(error, lang)
    typer.echo(say("merged", lang, outs=len(outs), records=records, out=out), err=True)


@app.command()
def export(
    out: OutArgument,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="FORMAT[,FORMAT]",
            help="xlsx, csv, jsonl, parquet, sqlite, duckdb, md, ics, edxml, html; nhiều định dạng cách nhau dấu phẩy.",
        ),
    ],
    path: Annotated[
        Path | None, typer.Option("-o", "--out", help="Tệp (một định dạng) hoặc thư mục đích; mặc định OUT/export.")
    ] = None,
    force: ForceOption = False,
    calendar: Annotated[
        Literal["event", "todo"], typer.Option("--calendar", help="Trong ics, mỗi thời hạn là event hoặc todo.")
    ] = "event",
    organ_ids: Annotated[
        Path | None,
        typer.Option("--organ-ids", help="CSV hai cột name,id: mã định danh cơ quan cho edxml."),
    ] = None,
    pictures: PicturesOption = "auto",
    lang: LangOption = "vi",
) -> None:
    """Xuất các bản ghi trong OUT thành bảng theo dõi, lịch, bảng dữ liệu, gói tin trao đổi."""
    from vndirective.errors import VndirectiveError
    from vndirective.export.edxml import read_organ_ids
    from vndirective.export.writing import Settings

    try:
        formats = _formats(to)
        codes = read_organ_ids(organ_ids) if organ_ids else {}
    except VndirectiveError as error:
        _fail(error, lang)
    settings = Settings(lang=lang, force=force, calendar=calendar, organ_ids=codes, pictures=pictures)
    raise typer.Exit(_export_all(out, formats, path, settings))


@app.command()
def view(
    out: OutArgument,
    path: Annotated[
        Path | None, typer.Option("-o", "--out", help="Tệp HTML; mặc định OUT/export/review.html.", metavar="FILE.html")
    ] = None,
    pictures: PicturesOption = "auto",
    lang: LangOption = "vi",
) -> None:
    """Ghi trang rà soát: một tệp HTML mở bằng trình duyệt, không cần mạng; sửa trong trang rồi đưa vào bằng apply."""
    from vndirective.export.writing import Settings

    raise typer.Exit(_export_all(out, ["html"], path, Settings(lang=lang, pictures=pictures)))


@app.command()
def apply(
    out: OutArgument,
    patch: Annotated[Path, typer.Argument(help="Tệp sửa đổi tải từ trang rà soát.", metavar="PATCH.json")],
    by: Annotated[str, typer.Option("--by", help="Người sửa, ghi kèm sửa đổi nếu nêu.")] = "",
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d", "%d/%m/%Y"], help="Ngày sửa, ghi kèm sửa đổi nếu nêu."),
    ] = None,
    lang: LangOption = "vi",
) -> None:
    """Đưa sửa đổi (JSON Patch) vào các bản ghi; các lần extract sau giữ lại. Sai một chỗ thì không ghi gì."""
    from vndirective.batch.archive import note_corrected
    from vndirective.batch.lock import locked
    from vndirective.corrections.applying import apply_file
    from vndirective.errors import VndirectiveError
    from vndirective.messages import say

    try:
        with locked(out):
            done = apply_file(out, patch, by=by or None, on=on.date().isoformat() if on else None)
            note_corrected(out, done.records)
    except VndirectiveError as error:
        _fail(error, lang)
    if done.records:
        kept = out / "corrections"
        typer.echo(say("applied", lang, corrections=done.corrections, records=len(done.records), path=kept), err=True)
    if done.known:
        typer.echo(f"  {say('applied_before', lang, count=done.known)}", err=True)


@app.command()
def tasks(
    out: OutArgument,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d", "%d/%m/%Y"], help="Ngày xét: còn bao nhiêu ngày, đã quá hạn chưa."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until", formats=["%Y-%m-%d", "%d/%m/%Y"], help="Chỉ những việc đến hạn vào hoặc trước ngày này."
        ),
    ] = None,
    assignee: Annotated[
        str, typer.Option("--assignee", help="Đơn vị: tên hoặc viết tắt, có dấu hay không (UBND xã, so noi vu, SNV).")
    ] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Chỉ những việc đã quá hạn vào ngày --on.")] = False,
    undated: Annotated[bool, typer.Option("--all", help="Cả những việc không nêu thời hạn.")] = False,
    by: Annotated[
        Literal["unit", "week", "none"], typer.Option("--by", help="Xếp theo đơn vị chủ trì (unit) hay tuần (week).")
    ] = "unit",
    form: Annotated[Literal["table", "json", "csv"], typer.Option("--format", help="Dạng in ra.")] = "table",
    lang: LangOption = "vi",
    width: WidthOption = 0,
) -> None:
    """Việc gì đến hạn, của ai, văn bản nào nêu: theo đơn vị, theo tuần, quá hạn vào một ngày."""
    from rich.console import Console

    from vndirective import listing
    from vndirective.errors import IncompleteExportError, VndirectiveError
    from vndirective.export.agenda import Question, entries
    from vndirective.export.collection import Collection
    from vndirective.messages import say

    if overdue and on is None:
        typer.echo(say("on_needed", lang), err=True)
        raise typer.Exit(2)
    collection = Collection(out)
    days = (on.date() if on else None, until.date() if until else None)
    try:
        found = entries(collection.records(), Question(*days, assignee, overdue, undated))
    except VndirectiveError as error:
        _fail(error, lang)
    if form != "table":
        typer.echo(listing.as_json(found) if form == "json" else listing.as_csv(found).rstrip("\n"))
    elif found:
        console = Console(width=width or None)
        for table in listing.tables(found, by, lang):
            console.print(table)
    else:
        typer.echo(say("nothing_due", lang))
    _say_left_out(collection, lang)
    if any(one.is_loss for one in collection.left_out):
        _fail(IncompleteExportError(), lang)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="Bản ghi (….json trong OUT/records) hoặc chính văn bản.")],
    ocr: OcrOption = "auto",
    lang: LangOption = "vi",
    width: WidthOption = 0,
) -> None:
    """Hiện một văn bản thành phiếu dễ đọc: ai ký, ai làm gì, khi nào, chỉ tiêu nào."""
    from rich.console import Console

    from vndirective import extract as read
    from vndirective.errors import DamagedFileError, VndirectiveError
    from vndirective.export.collection import read_record
    from vndirective.parsers.ocr.settings import OcrSettings
    from vndirective.schema.record import Record
    from vndirective.show import sheet

    try:
        if file.suffix == ".json":
            found = read_record(file)
            if not isinstance(found, Record):
                raise DamagedFileError(f"{file}: {found[1]}")
            records = [found]
        else:
            records = read(file, ocr=OcrSettings(mode=ocr))
    except VndirectiveError as error:
        _fail(error, lang)
    console = Console(width=width or None)
    for number, record in enumerate(records):
        if number:
            console.rule()
        for part in sheet(record, lang):
            console.print(part)


def _formats(given: str) -> list[str]:
    """Names of formats, each once; InputError for one that is not known."""
    from vndirective.errors import InputError
    from vndirective.export import FORMATS

    names = list(dict.fromkeys(name.strip().lower() for name in given.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise InputError(f"{', '.join(unknown) or given!r}: {', '.join(FORMATS)}")
    return names


def _export_all(out: Path, formats: list[str], path: Path | None, settings: Settings) -> int:
    """Export in each format, say what came of it; exit code of the first that failed, else 10 where records were left out."""
    from vndirective import export as room
    from vndirective.errors import IncompleteExportError, VndirectiveError

    code, left_out = 0, False
    for name in formats:
        try:
            exported = room.export(out, name, room.target_of(name, formats, path, out), settings)
        except VndirectiveError as error:
            _say_error(error, settings.lang)
            code = code or error.exit_code
            continue
        _say_exported(exported, settings.lang, first=not left_out)
        left_out |= any(one.is_loss for one in exported.collection.left_out)
    if left_out and not code:
        incomplete = IncompleteExportError()
        _say_error(incomplete, settings.lang)
        code = incomplete.exit_code
    return code


def _say_exported(exported: Exported, lang: Lang, *, first: bool) -> None:
    """One line a format, its notes, and (once) what was left out."""
    from vndirective.messages import say

    paths, collection = exported.written.paths, exported.collection
    shown = paths[0] if len(paths) == 1 else paths[0].parent if paths else "–"
    typer.echo(say("exported", lang, format=exported.format, records=collection.count, path=shown), err=True)
    for note in exported.written.notes:
        typer.echo(f"  ⚠ {say(note.code, lang, count=note.count, names=', '.join(note.names))}", err=True)
    if first:
        _say_left_out(collection, lang)


def _say_left_out(collection: Collection, lang: Lang) -> None:
    """What stands in OUT and gave no record."""
    from vndirective.export.left_out import sentence
    from vndirective.messages import say

    if not (collection.out / "run.json").exists():
        typer.echo(f"  ⚠ {say('run_unfinished', lang)}", err=True)
    if collection.left_out:
        typer.echo(f"  ⚠ {say('left_out_count', lang, count=len(collection.left_out))}", err=True)
        for one in collection.left_out:
            typer.echo(f"    {sentence(one, lang)}", err=True)


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="Tệp cần giải thích.")],
    ocr: OcrOption = "auto",
    lang: LangOption = "vi",
    width: WidthOption = 0,
) -> None:
    """Hiện từng giá trị cùng nguyên văn, vị trí và quy tắc đã dùng."""
    from rich.console import Console

    from vndirective import extract as read
    from vndirective.errors import VndirectiveError
    from vndirective.explain import tables
    from vndirective.parsers.ocr.settings import OcrSettings

    try:
        records = read(file, ocr=OcrSettings(mode=ocr))
    except VndirectiveError as error:
        _fail(error, lang)
    console = Console(width=width or None)
    for record in records:
        for table in tables(record, lang):
            console.print(table)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Thư mục đáp án, mỗi văn bản một tệp JSON.", metavar="GOLD")],
    records: Annotated[Path, typer.Argument(help="Thư mục bản ghi của lệnh extract.", metavar="RECORDS")],
    sources: Annotated[
        Path | None, typer.Option("--sources", help="Chỉ chấm các văn bản có tệp nguồn trong thư mục này.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="So với bản ghi của lần trước, hoặc báo cáo JSON của lần trước.")
    ] = None,
    form: Annotated[Literal["table", "json", "markdown"], typer.Option("--format", help="Dạng báo cáo.")] = "table",
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Ghi vào tệp thay vì in ra.")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="Liệt kê từng giá trị sai, thừa, sót.")] = False,
    lang: LangOption = "vi",
    width: WidthOption = 0,
) -> None:
    """Chấm bản ghi theo đáp án: độ chính xác, độ đầy đủ, F1 từng trường, từng nhóm, từng văn bản."""
    from vndirective.errors import VndirectiveError
    from vndirective.evaluate.against import compare, items_of, read_earlier
    from vndirective.evaluate.evaluation import evaluate as judge
    from vndirective.evaluate.gold import read_gold
    from vndirective.evaluate.output import write_report
    from vndirective.evaluate.records import read_records

    try:
        wanted = read_gold(gold, sources)
        evaluation = judge(wanted, read_records(records))
        comparison = None
        if against is not None:
            earlier = read_earlier(against) if against.is_file() else items_of(judge(wanted, read_records(against)))
            comparison = compare(earlier, items_of(evaluation))
        write_report(evaluation, comparison, form, out, lang=lang, errors=errors, width=width or None)
    except VndirectiveError as error:
        _fail(error, lang)


@app.command()
def text(
    files: Annotated[list[Path], typer.Argument(help="Tệp hoặc thư mục.", metavar="FILE...")],
    quality: Annotated[
        bool, typer.Option("--quality", help="Thay vì toàn văn, in bảng: định dạng, bảng mã, tỷ lệ âm tiết hợp lệ.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Cùng --quality: in JSON, kèm thông tin tệp tự khai.")
    ] = False,
    ocr: OcrOption = "auto",
    lang: LangOption = "vi",
    width: Annotated[int, typer.Option("--width", min=0, help="Bề rộng in ra; 0 là theo màn hình.")] = 0,
) -> None:
    """In toàn văn đã chuẩn hóa (Unicode) của từng tệp, hoặc chất lượng đọc."""
    import json

    from rich.console import Console

    from vndirective import quality as room
    from vndirective.errors import VndirectiveError
    from vndirective.parsers.ocr.settings import OcrSettings

    readings: list[room.Reading] = []
    try:
        for reading in room.read_texts(files, OcrSettings(mode=ocr)):
            readings.append(reading)
            if reading.error is not None:
                typer.echo(f"✗ {reading.uri}: {reading.error.message(lang)}", err=True)
            elif reading.source is not None and not quality:
                if len(files) > 1 or len(readings) > 1:
                    typer.echo(f"✓ {reading.uri}", err=True)
                typer.echo(reading.source.text)
    except VndirectiveError as error:
        _fail(error, lang)
    if quality and as_json:
        typer.echo(json.dumps([room.measures(r) for r in readings], ensure_ascii=False, indent=1))
    elif quality:
        Console(width=width or None).print(room.table(readings, lang))
    codes = {r.error.exit_code for r in readings if r.error is not None}
    raise typer.Exit(codes.pop() if len(codes) == 1 else int(bool(codes)))


@app.command()
def ocr(
    file: Annotated[Path, typer.Argument(help="Tệp PDF hoặc ảnh cần nhận dạng chữ.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Tệp PDF kết quả, có lớp chữ tìm kiếm được.")],
    hocr: Annotated[Path | None, typer.Option("--hocr", help="Ghi thêm tệp hOCR (HTML có khung từng chữ).")] = None,
    mode: Annotated[Literal["auto", "best"], typer.Option("--ocr", help="auto hoặc best (đọc nhiều lượt).")] = "auto",
    max_pages: MaxPagesOption = 500,
    max_pixels: MaxPixelsOption = 120_000_000,
    lang: LangOption = "vi",
) -> None:
    """Thêm lớp chữ tiếng Việt tìm kiếm được vào bản chụp."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from vndirective import searchable
    from vndirective.batch import read_file
    from vndirective.errors import VndirectiveError
    from vndirective.messages import say
    from vndirective.parsers.ocr.settings import OcrSettings

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        data = read_file(file)
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task(say("ocr_pages", lang), total=None)

            def page_read(page: int, total: int) -> None:
                progress.update(task, completed=page, total=total)
                if not console.is_terminal:
                    typer.echo(say("ocr_page", lang, page=page, total=total), err=True)

            settings = OcrSettings(mode=mode, max_pages=max_pages, max_pixels=max_pixels, progress=page_read)
            pages, pdf = searchable.recognise(data, settings)
        result = searchable.searchable_pdf(pdf, pages)
        if hocr is not None:
            searchable.write_whole(hocr, searchable.hocr(pages, file.name).encode("utf-8"))
        searchable.write_whole(out, result)
    except VndirectiveError as error:
        _fail(error, lang)
    except KeyboardInterrupt:
        typer.echo(say("ocr_interrupted", lang), err=True)
        raise typer.Exit(130) from None
    read = [p for p in pages if p.recognised and p.readable]
    typer.echo(say("ocr_done", lang, read=len(read), pages=len(pages), out=out), err=True)
    for page in pages:
        for warning in page.warnings:
            typer.echo(f"  ⚠ {say_warning(warning.code, lang)} ({warning.detail})", err=True)


@app.command()
def schema(
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Ghi vào tệp thay vì in ra.")] = None,
) -> None:
    """In lược đồ JSON Schema của bản ghi."""
    from vndirective.schema.json_schema import json_schema_text

    text = json_schema_text()
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")


@app.command()
def doctor(lang: LangOption = "vi") -> None:
    """Kiểm tra những gì đã cài, còn thiếu gì và cách cài."""
    from rich.console import Console

    from vndirective.doctor import check, table

    components = check()
    Console().print(table(components, lang))
    raise typer.Exit(0 if all(c.present or c.optional for c in components) else 8)


def say_warning(code: str, lang: Lang) -> str:
    from vndirective.schema.warnings import warning_message

    return warning_message(code, lang)


def _fail(error: VndirectiveError, lang: Lang) -> NoReturn:
    """Say what happened and what to do, and leave with the error's own code."""
    _say_error(error, lang)
    raise typer.Exit(error.exit_code)


def _say_error(error: VndirectiveError, lang: Lang) -> None:
    from vndirective.messages import say

    typer.echo(f"✗ {error.message(lang)}", err=True)
    typer.echo(f"  {say('next', lang)}: {error.next_step(lang)}", err=True)


def main() -> None:
    """Entry point of the `vndirective` command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a C locale must not turn Vietnamese into question marks
            reconfigure(encoding="utf-8", errors="replace")
    app()
