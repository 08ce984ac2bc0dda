"""Everything that can go wrong, with its exit code and the next step.

    VndirectiveError (1)
    ├─ InputError (2)                the source cannot be found or opened
    │  ├─ LimitError                 larger, deeper or more than is safe to read
    │  ├─ GoldError                  a file of gold, or an earlier report, that is not in its format
    │  ├─ StorageError               a storage that does not answer
    │  ├─ CorrectionError            a patch that is not in its format or makes a record unsound
    │  └─ EmptyInputError (3)        nothing in it
    ├─ FormatError (4)               not a document, or one we do not read
    │  ├─ DamagedFileError (5)       a known format, truncated or broken
    │  ├─ UnsafeFileError (4)        declares XML entities, as bombs do and no office program does
    │  ├─ EncryptedFileError (6)     a password is needed
    │  └─ ScannedFileError (7)       pictures of pages: text recognition is needed, and off
    │     └─ UnreadableScanError     text recognition read nothing
    ├─ MissingProgramError (8)       a program or data file outside Python is not installed
    │  ├─ MissingEngineError         the library that reads letters off pictures
    │  ├─ MissingLanguageError       its Vietnamese data
    │  ├─ MissingOfficeError         LibreOffice
    │  └─ MissingLibraryError        a library that an export needs
    │     └─ MissingClusterLibraryError  or a cluster
    ├─ LexiconError (9)              a word list shipped with the product is broken
    ├─ IncompleteExportError (10)    exported, but some records were left out
    ├─ ChangedTargetError (11)       the file to be overwritten holds somebody's work
    ├─ StaleCorrectionError (12)     a patch made from values that have changed since
    ├─ OutputError (13)              the results folder cannot be written: the run stops
    ├─ BusyError (14)                another run is writing there
    ├─ WorkerError (15)              a file that ended the process reading it, twice
    │  ├─ TimeLimitError             nothing moved for too long
    │  └─ MemoryLimitError           it took more memory than is allowed
    ├─ ClusterError (16)             no scheduler, no worker
    │  └─ ClusterVersionError        workers that are not as we are
    └─ InternalError (70)            our own mistake

The library raises, only the command line prints and exits. `message(lang)` is one line on what happened,
`next_step(lang)` one line on what to do; both exist in Vietnamese and English.
"""

from __future__ import annotations

from typing import ClassVar, Literal

Lang = Literal["vi", "en"]


class VndirectiveError(Exception):
    """Base of all errors of this package. `detail` is a technical remark, never needed to act."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    what: ClassVar[dict[Lang, str]] = {"vi": "Có lỗi xảy ra.", "en": "Something went wrong."}
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Chạy lại với --verbose và gửi thông báo cho người phụ trách.",
        "en": "Run again with --verbose and send the message to your administrator.",
    }

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        super().__init__(f"{self.what['en']} {detail}".strip())

    def __reduce__(self) -> tuple[type[VndirectiveError], tuple[str]]:
        return type(self), (self.detail,)  # what came of a file travels between processes

    def message(self, lang: Lang = "vi") -> str:
        return f"{self.what[lang]} ({self.detail})" if self.detail else self.what[lang]

    def next_step(self, lang: Lang = "vi") -> str:
        return self.next[lang]


class InputError(VndirectiveError):
    code = "input"
    exit_code = 2
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Không mở được tệp hoặc thư mục.",
        "en": "The file or folder cannot be opened.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Kiểm tra đường dẫn và quyền đọc rồi chạy lại.",
        "en": "Check the path and the read permission, then run again.",
    }


class LimitError(InputError):
    code = "limit"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Tệp vượt giới hạn an toàn (kích thước, số tệp hoặc số lớp nén).",
        "en": "The file is over a limit of safety (size, number of files or levels of packing).",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Giải nén hoặc tách tệp thành nhiều phần rồi chạy lại.",
        "en": "Unpack it or split it into parts, then run again.",
    }


class GoldError(InputError):
    code = "gold"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Tệp đáp án hoặc báo cáo đánh giá trước không đúng dạng.",
        "en": "A file of gold, or an earlier report of evaluation, is not in its format.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Xem dạng tệp trong docs/evaluation.md, sửa tệp rồi chạy lại.",
        "en": "See the format in docs/evaluation.md, correct the file, then run again.",
    }


class CorrectionError(InputError):
    code = "correction"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Tệp sửa đổi không đúng dạng hoặc làm sai bản ghi; chưa có bản ghi nào bị thay đổi.",
        "en": "The file of corrections is not in its format or makes a record unsound; no record was changed.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Tải lại tệp từ trang rà soát (vndirective view), hoặc sửa chỗ đã nêu theo docs/review.md rồi chạy lại.",
        "en": "Download the file from the review page again (vndirective view), or mend what is named as docs/review.md "
        "says, then run again.",
    }


class EmptyInputError(InputError):
    code = "empty"
    exit_code = 3
    what: ClassVar[dict[Lang, str]] = {"vi": "Tệp không có nội dung.", "en": "The file has no content."}
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Xin lại bản gốc từ nơi gửi.",
        "en": "Ask the sender for the original again.",
    }


class FormatError(VndirectiveError):
    code = "format"
    exit_code = 4
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Tệp không thuộc định dạng đọc được.",
        "en": "The file is in no format that can be read.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Lưu văn bản thành DOC, DOCX, ODT, RTF, PDF, HTML, ảnh PNG/JPEG/TIFF hoặc văn bản thuần rồi chạy lại.",
        "en": "Save the document as DOC, DOCX, ODT, RTF, PDF, HTML, a PNG, JPEG or TIFF picture or plain text, then run again.",
    }


class DamagedFileError(FormatError):
    code = "damaged"
    exit_code = 5
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Tệp bị hỏng hoặc bị cắt cụt.",
        "en": "The file is damaged or truncated.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Tải lại hoặc xin lại tệp; nếu mở được bằng Word thì lưu thành tệp mới.",
        "en": "Download it again or ask for it again; if Word can open it, save it as a new file.",
    }


class UnsafeFileError(FormatError):
    code = "unsafe"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Tệp khai báo thực thể XML, có thể là tệp phá hoại; không đọc.",
        "en": "The file declares XML entities and may be an attack; it was not read.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Xin lại bản gốc từ nơi gửi, lưu từ Word hoặc LibreOffice.",
        "en": "Ask the sender for the original, saved by Word or LibreOffice.",
    }


class EncryptedFileError(FormatError):
    code = "encrypted"
    exit_code = 6
    what: ClassVar[dict[Lang, str]] = {"vi": "Tệp có mật khẩu.", "en": "The file is protected by a password."}
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Mở bằng mật khẩu, lưu một bản không có mật khẩu rồi chạy lại.",
        "en": "Open it with the password, save a copy without one, then run again.",
    }


class ScannedFileError(FormatError):
    code = "scanned"
    exit_code = 7
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Tệp là bản chụp, không có chữ để đọc.",
        "en": "The file is a scan; it holds no text to read.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Chạy lại không có --ocr off để nhận dạng chữ.",
        "en": "Run again without --ocr off to recognise the text.",
    }


class UnreadableScanError(ScannedFileError):
    code = "unreadable"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Không đọc được chữ nào trên bản chụp.",
        "en": "No text can be read on the scan.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Quét lại thẳng, rõ, 300 dpi; nếu ảnh quá giới hạn thì thu nhỏ hoặc nâng --max-pixels, --max-pages.",
        "en": "Scan again, straight and clear, at 300 dpi; for a picture over the limit make it smaller or raise "
        "--max-pixels, --max-pages.",
    }


class MissingProgramError(VndirectiveError):
    code = "missing_program"
    exit_code = 8
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Thiếu chương trình hoặc dữ liệu ngoài.",
        "en": "A program or data file is missing.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Chạy `vndirective doctor` để biết cần cài gì.",
        "en": "Run `vndirective doctor` to see what to install.",
    }


class MissingEngineError(MissingProgramError):
    code = "missing_engine"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Tệp là bản chụp nhưng chưa cài bộ nhận dạng chữ.",
        "en": "The file is a scan and the engine for text recognition is not installed.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Cài bằng lệnh: pip install 'vndirective[ocr]' rồi chạy lại.",
        "en": "Install it with: pip install 'vndirective[ocr]', then run again.",
    }


class MissingLanguageError(MissingProgramError):
    code = "missing_language"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Tệp là bản chụp nhưng chưa có dữ liệu tiếng Việt của Tesseract.",
        "en": "The file is a scan and Tesseract's Vietnamese data is not installed.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Cài bằng lệnh: sudo apt-get install tesseract-ocr-vie; hoặc đặt biến VNDIRECTIVE_TESSDATA là thư mục "
        "chứa vie.traineddata.",
        "en": "Install it with: sudo apt-get install tesseract-ocr-vie; or set VNDIRECTIVE_TESSDATA to the folder "
        "that holds vie.traineddata.",
    }


class MissingOfficeError(MissingProgramError):
    code = "missing_office"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Cần LibreOffice để đọc tệp Word cũ này.",
        "en": "LibreOffice is needed to read this old Word file.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Cài bằng lệnh: sudo apt-get install libreoffice-writer-nogui rồi chạy lại.",
        "en": "Install it with: sudo apt-get install libreoffice-writer-nogui, then run again.",
    }


class MissingLibraryError(MissingProgramError):
    code = "missing_library"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Thiếu thư viện để xuất định dạng này.",
        "en": "A library that this format needs is not installed.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Cài bằng lệnh: pip install 'vndirective[export]' rồi chạy lại.",
        "en": "Install it with: pip install 'vndirective[export]', then run again.",
    }


class IncompleteExportError(VndirectiveError):
    code = "incomplete"
    exit_code = 10
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Đã xuất, nhưng có bản ghi bị bỏ lại.",
        "en": "Exported, but some records were left out.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Chạy lại `vndirective extract` cho các văn bản đã nêu tên rồi xuất lại.",
        "en": "Run `vndirective extract` again for the documents named, then export again.",
    }


class ChangedTargetError(VndirectiveError):
    code = "changed"
    exit_code = 11
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Tệp đích đã bị sửa ngoài các cột dành cho cơ quan, hoặc không do vndirective ghi; không ghi đè.",
        "en": "The target was changed outside the office's columns, or vndirective did not write it; it is not overwritten.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Xuất ra tên khác bằng -o, hoặc thêm --force để ghi đè (các cột của cơ quan vẫn được giữ).",
        "en": "Export under another name with -o, or add --force to overwrite (the office's columns are still kept).",
    }


class StaleCorrectionError(VndirectiveError):
    code = "stale_correction"
    exit_code = 12
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Bản ghi đã khác so với lúc sửa; chưa có bản ghi nào bị thay đổi.",
        "en": "The record is no longer what was corrected; no record was changed.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Mở lại trang rà soát bằng `vndirective view OUT`, sửa trên giá trị hiện nay rồi tải tệp sửa đổi mới.",
        "en": "Open the review page again with `vndirective view OUT`, correct the values of now and download a new file.",
    }


class OutputError(VndirectiveError):
    code = "output"
    exit_code = 13
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Không ghi được vào thư mục kết quả.",
        "en": "The results folder cannot be written.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Giải phóng đĩa, kiểm tra quyền ghi hoặc chọn thư mục khác bằng -o, rồi chạy lại: phần đã ghi được giữ nguyên.",
        "en": "Free the disk, check the write permission or choose another folder with -o, then run again: what was written is kept.",
    }


class BusyError(VndirectiveError):
    code = "busy"
    exit_code = 14
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Một lần chạy khác đang ghi vào thư mục kết quả này.",
        "en": "Another run is writing into this results folder.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Chờ lần chạy kia kết thúc, thêm --wait để chờ, hoặc chọn thư mục khác bằng -o.",
        "en": "Wait until it ends, add --wait to wait for it, or choose another folder with -o.",
    }


class WorkerError(VndirectiveError):
    """A file that ended its process twice; it is left alone until --retry-failed."""

    code = "worker_died"
    exit_code = 15
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Tiến trình đọc tệp này hai lần dừng đột ngột; tệp được để riêng.",
        "en": "The process reading this file crashed twice; the file was set apart.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Mở tệp kiểm tra, lưu lại dưới dạng khác (DOCX, PDF), rồi chạy lại với --retry-failed.",
        "en": "Look at the file, save it in another form (DOCX, PDF), then run again with --retry-failed.",
    }


class TimeLimitError(WorkerError):
    code = "timeout"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Đọc tệp này hai lần quá thời hạn cho phép; tệp được để riêng.",
        "en": "Reading this file twice took longer than allowed; the file was set apart.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Tách tệp thành phần nhỏ hơn, hoặc chạy lại với --retry-failed và --timeout lớn hơn.",
        "en": "Split the file into smaller parts, or run again with --retry-failed and a larger --timeout.",
    }


class MemoryLimitError(WorkerError):
    code = "memory"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Đọc tệp này hai lần vượt bộ nhớ cho phép; tệp được để riêng.",
        "en": "Reading this file twice took more memory than allowed; the file was set apart.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Tách tệp thành phần nhỏ hơn, hoặc chạy lại với --retry-failed và --memory lớn hơn.",
        "en": "Split the file into smaller parts, or run again with --retry-failed and a larger --memory.",
    }


class LexiconError(VndirectiveError):
    code = "lexicon"
    exit_code = 9
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Danh mục từ kèm theo chương trình bị lỗi.",
        "en": "A word list shipped with the program is broken.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Cài lại vndirective.",
        "en": "Install vndirective again.",
    }


class MissingClusterLibraryError(MissingLibraryError):
    code = "missing_cluster_library"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Thiếu thư viện để chạy trên cụm máy hoặc đọc kho đối tượng.",
        "en": "A library for runs on a cluster or for object storage is not installed.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Cài bằng lệnh: pip install 'vndirective[cluster]' rồi chạy lại.",
        "en": "Install it with: pip install 'vndirective[cluster]', then run again.",
    }


class StorageError(InputError):
    code = "storage"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Kho lưu trữ không trả lời hoặc từ chối.",
        "en": "The storage does not answer or refuses.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Kiểm tra tên bucket, khóa truy cập (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) và địa chỉ (AWS_ENDPOINT_URL) "
        "trên máy này và mọi worker rồi chạy lại; phần đã xong được giữ.",
        "en": "Check the bucket's name, the keys (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) and the address "
        "(AWS_ENDPOINT_URL) here and on all workers, then run again; what is done is kept.",
    }


class ClusterError(VndirectiveError):
    code = "cluster"
    exit_code = 16
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Không kết nối được cụm máy hoặc cụm không có worker.",
        "en": "The cluster cannot be reached or has no worker.",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Kiểm tra địa chỉ --scheduler, xem scheduler và worker đã chạy chưa (docs/cluster.md), rồi chạy lại: "
        "phần đã xong được giữ.",
        "en": "Check the address of --scheduler and that scheduler and workers run (docs/cluster.md), then run again: "
        "what is done is kept.",
    }


class ClusterVersionError(ClusterError):
    code = "cluster_version"
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Các worker không giống máy điều khiển (phiên bản, bộ nhận dạng chữ, LibreOffice).",
        "en": "The workers are not as this machine is (version, text recognition, LibreOffice).",
    }
    next: ClassVar[dict[Lang, str]] = {
        "vi": "Cài cùng một phiên bản vndirective và cùng các chương trình trên mọi máy rồi chạy lại.",
        "en": "Install the same version of vndirective and the same programs on all machines, then run again.",
    }


class InternalError(VndirectiveError):
    code = "internal"
    exit_code = 70
    what: ClassVar[dict[Lang, str]] = {
        "vi": "Lỗi của chương trình, không phải của tệp.",
        "en": "A mistake of the program, not of the file.",
    }


def error_of(code: str, detail: str) -> VndirectiveError | None:
    """The error of a code, as a manifest keeps it; None for a code of another version."""
    waiting: list[type[VndirectiveError]] = [VndirectiveError]
    while waiting:
        kind = waiting.pop()
        if kind.code == code:
            return kind(detail)
        waiting += kind.__subclasses__()
    return None
