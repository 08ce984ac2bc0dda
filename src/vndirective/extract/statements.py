"""Sentences that stand among orders and order nothing: praise, shortcomings, agreement, forecasts, what was said or done before.

"Biểu dương tinh thần trách nhiệm của …"            ─▶ praise
"Thống nhất chủ trương …; giao Sở Tài chính …"       ─▶ agreement, then an order: only what stands behind the semicolon is read
"""

from __future__ import annotations

import re
from functools import lru_cache

from vndirective.extract.rules import Rule
from vndirective.parsers.source import Span
from vndirective.segment.syllables import fold

PRAISE = Rule(
    id="statement.praise",
    cue="biểu dương, ghi nhận, đánh giá cao + tinh thần, kết quả …",
    meaning="thanks for what was done",
    seen="thông báo kết luận, phần mở đầu của kết luận",
    pattern=re.compile(
        r"^(?:[^,.;:]{0,60}\b)?(?:biểu dương|ghi nhận|hoan nghênh|đánh giá cao|trân trọng cảm ơn|cảm ơn|chia sẻ)\b(?:,? (?:và )?(?:biểu dương|ghi nhận|đánh giá cao|hoan nghênh|cảm ơn))*"
        r"(?: (?:những|các|sự|tinh thần|kết quả|nỗ lực|cố gắng|thành tích|công tác|đóng góp|chủ động|quyết tâm|sự)\b| [^\W\d_]+ đã\b)"
    ),
    examples=(
        "biểu dương tinh thần trách nhiệm của phòng lao động",
        "ủy ban nhân dân huyện ghi nhận, đánh giá cao những kết quả đạt được",
    ),
    counter_examples=("biểu dương, khen thưởng kịp thời tập thể tiêu biểu", "chia sẻ dữ liệu với các sở"),
)
SHORTCOMING = Rule(
    id="statement.shortcoming",
    cue="một số, nhiều … còn, chưa, vẫn",
    meaning="what was not done well",
    seen="phần đánh giá của thông báo kết luận, chỉ thị",
    pattern=re.compile(
        r"^(?:tuy nhiên,? |song,? |bên cạnh đó,? )?(?:việc|công tác|một số|nhiều|phần lớn|đa số|hầu hết|vẫn còn|còn|nhận thức|tiến độ|chất lượng)\b(?!.{0,80}\b(?:phải|cần|có trách nhiệm|khẩn trương)\b)"
        r"[^.;:]{0,90}\b(?:còn (?:buông lỏng|chậm|hạn chế|thấp|thiếu|để|nhiều|lúng túng|yếu|xảy ra|gặp|mang tính)|chưa (?:được|kịp|cao|đạt|đồng|quan|thực|nghiêm|chủ|tốt|đầy|có|rõ|triệt)|chậm so với)"
        r"|^(?:mặt khác,? |tuy vậy,? |song,? )?[^.;:,]{0,40}\b(?:vẫn )?còn (?:nhiều|một số|mấy|không ít) (?:việc|hạn chế|khó khăn|tồn tại|vướng mắc|bất cập|khuyết điểm|yếu kém)\b(?!.{0,80}\b(?:cần|yêu cầu|đề nghị)\b)"
    ),
    examples=("một số xã còn buông lỏng quản lý đất công ích", "tiến độ giải ngân còn chậm so với kế hoạch"),
    counter_examples=("việc niêm yết phải thực hiện trước ngày 16/5", "một số việc cần làm ngay"),
)
SIDE = Rule(
    id="statement.side_of_assessment",
    cue="về ưu điểm, về hạn chế:",
    meaning="a heading of an assessment inside a line",
    seen="kiểm điểm, đánh giá",
    pattern=re.compile(
        r"^(?:về |phần )?(?:đánh giá|tình hình|ưu điểm|hạn chế|tồn tại|khuyết điểm|nguyên nhân|kết quả(?! (?:thực hiện |xử lý |công việc )?(?:gửi|báo))|khó khăn|thuận lợi|thành tích|mặt được|mặt chưa được|những việc đã làm|việc đã làm|hiện trạng|thực trạng|đặc điểm|bối cảnh|sự cần thiết|lý do|mục đích|ý nghĩa)\b[^.;:]{0,40}:"
    ),
    examples=("về ưu điểm: các chi bộ duy trì nền nếp sinh hoạt", "hiện trạng: rác phát sinh 74 tấn một ngày"),
    counter_examples=("về công tác cán bộ: rà soát quy hoạch",),
)
AGREEMENT = Rule(
    id="statement.agreement",
    cue="thống nhất, nhất trí, đồng ý … với, chủ trương, nội dung",
    meaning="a ruling that tells nobody to act",
    seen="thông báo kết luận",
    pattern=re.compile(
        r"^(?:[^,.;:]{0,60}\b)?(?:cơ bản )?(?:thống nhất|nhất trí|đồng ý|tán thành|chấp thuận|thông qua)(?: cao)?(?: về)? (?:với(?! (?:các )?(?:sở|phòng|ban|công an|ubnd|ủy ban|đơn vị|cơ quan|bộ|văn phòng|địa phương|trường)\b)|chủ trương|nội dung|báo cáo|đề xuất|đề nghị|ý kiến|phương án|theo|như|dự thảo|cho)\b"
    ),
    examples=("thống nhất với nội dung báo cáo của phòng nông nghiệp", "cơ bản nhất trí với đề xuất của sở"),
    counter_examples=("thống nhất với công an huyện phương án phân luồng", "thống nhất nhận thức trong đảng bộ"),
)
FORECAST = Rule(
    id="statement.forecast",
    cue="dự báo thời gian tới",
    meaning="what is to be expected",
    seen="chỉ thị, công điện",
    pattern=re.compile(
        r"^(?:theo )?dự báo(?: của [^,.;]{4,60})?,? (?:trong )?(?:thời gian tới|những ngày tới|các tháng|tình hình|năm|từ|đến|mùa|thời tiết|bão|đây)\b|^theo (?:dự báo|báo cáo|số liệu|thống kê|kết quả)\b"
    ),
    examples=("dự báo thời gian tới thời tiết hanh khô", "theo báo cáo của phòng y tế, toàn huyện có 12 ca"),
    counter_examples=("dự báo sớm lũ quét cho từng thôn", "theo dõi diễn biến thời tiết"),
)
PAST = Rule(
    id="statement.past",
    cue="trước đó … đã giao; … đã chỉ đạo",
    meaning="an order that was given before",
    seen="phần mở đầu của công văn, thông báo",
    pattern=re.compile(
        r"^(?!sau khi|ngay sau|khi |nếu |căn cứ|trên cơ sở|đối với|trường hợp|theo )(?:(?:trước đó|vừa qua|thời gian qua|trong thời gian qua|những năm qua|năm \d{4}|ngày [\d/]+|tại [^,]{4,60}),? )?[^.;:]{0,90}?\bđã (?:có |được )?(?:giao|chỉ đạo|yêu cầu|ban hành|triển khai|tổ chức|thực hiện|hoàn thành|phối hợp|chủ động|tích cực|đạt|kịp thời|nỗ lực|cố gắng|quan tâm|gửi|đề nghị|kiến nghị|xảy ra|để xảy ra|ghi nhận|kết nạp được|thu được|giải ngân được|có nhiều|có những|nhiều lần|cơ bản)\b"
        r"(?!.*\b(?:tiếp tục|phải|cần|có trách nhiệm|khẩn trương|chủ trì|nghiêm túc)\b)"
    ),
    examples=(
        "trước đó, ủy ban nhân dân huyện đã giao phòng kinh tế khảo sát tuyến đường này",
        "các xã đã chủ động gieo cấy xong lúa mùa",
    ),
    counter_examples=(
        "khắc phục các tồn tại đã nêu",
        "rà soát quy hoạch đã được duyệt",
        "sau khi đã nghiệm thu tuyến kênh, tổ trưởng lập hồ sơ",
        "các xã đã triển khai tiếp tục nhân rộng mô hình",
    ),
)
SAID = Rule(
    id="statement.said",
    cue="tại cuộc họp … kiến nghị, đề xuất, báo cáo",
    meaning="what somebody else asked for or told",
    seen="biên bản, thông báo kết luận",
    pattern=re.compile(
        r"^(?:tại|trong|qua) (?:cuộc họp|hội nghị|buổi làm việc|phiên họp|kỳ họp|buổi giám sát|thảo luận)[^,]{0,60}, (?:(?!yêu cầu|giao|phải)[^;:])*?\b(?:kiến nghị|đề nghị|đề xuất|báo cáo|phản ánh|cho biết|phát biểu)\b"
    ),
    examples=("tại cuộc họp, ubnd xã phú sậy kiến nghị huyện cấp thêm 200 m ống nhựa",),
    counter_examples=("tại hội nghị, các đơn vị phải báo cáo kết quả", "kiến nghị cấp trên hỗ trợ kinh phí"),
)
RESULT = Rule(
    id="statement.result",
    cue="so với cùng kỳ; đến nay có …; … được nâng cao",
    meaning="what has been reached",
    seen="phần đánh giá của thông báo, báo cáo kèm theo chỉ thị",
    pattern=re.compile(
        r"^(?!(?:phấn đấu|giảm|tăng|nâng|hạ|kéo giảm|bảo đảm|đảm bảo)\b).*\b(?:so với|bằng \S+ (?:so với )?) ?(?:cùng kỳ|năm (?:trước|ngoái|\d{4}))\b|^(?:đến nay|tính đến|hiện nay|hiện tại|đến thời điểm này|hiện(?= (?:toàn|cả|có|còn|mới|đang|trên)))\b(?!.*\b(?:phải|cần|yêu cầu|giao|đề nghị)\b)"
        r"|^(?:sau|sau khi|qua|hiện|hiện nay)\b[^.;:]{3,90}, (?:cả nước|toàn (?:tỉnh|quốc|huyện|thành phố|xã|phường|ngành)) (?:hiện )?(?:có|còn) \d(?!.*\b(?:phải|cần|giao|yêu cầu|đề nghị)\b)"
        r"|^[^;:]{3,80}\b(?:có tổng mức đầu tư|mới đạt \d|chỉ đạt \d|mới (?:[^\W\d_]+ ){1,3}được \d)"
        r"|^[^;:]{5,140}\b(?:được|từng bước được) (?:tăng cường|nâng cao|nâng lên|quan tâm|chú trọng|duy trì|cải thiện|giữ vững|ổn định|củng cố)\b(?!.*\b(?:phải|cần)\b)"
    ),
    examples=(
        "tổng đàn gia cầm đạt 412 nghìn con, tăng 3% so với cùng kỳ",
        "đến nay đã có 82% số hộ ký cam kết",
        "kỷ cương trong các nhà trường được tăng cường",
    ),
    counter_examples=("đến năm 2025, phấn đấu đạt 90%", "tăng cường kiểm tra sau khi được giao"),
)
OTHERWISE = Rule(
    id="statement.otherwise_the_law",
    cue="trường hợp … thì áp dụng theo văn bản",
    meaning="which rule holds; nobody in particular is told to act",
    seen="điều khoản thi hành của quyết định",
    pattern=re.compile(
        r"^trường hợp\b.{10,400}\bthì (?:áp dụng|thực hiện|áp dụng thực hiện) theo (?:quy định|văn bản|các)\b"
    ),
    examples=("trường hợp văn bản viện dẫn được thay thế thì thực hiện theo văn bản mới",),
    counter_examples=("trường hợp vượt thẩm quyền, báo cáo ủy ban nhân dân huyện",),
)
CAUSE = Rule(
    id="statement.cause",
    cue="… là nguyên nhân …",
    meaning="why something is as it is",
    seen="phần đánh giá của thông báo kết luận",
    pattern=re.compile(r"^(?!.*\b(?:phải|cần)\b)[^;:]{8,200}\blà (?:một trong (?:những|các) |những )?nguyên nhân\b"),
    examples=("giao khoán cho thôn mà thiếu người trông coi là nguyên nhân dễ thấy nhất",),
    counter_examples=("làm rõ nguyên nhân chậm tiến độ", "báo cáo rõ đâu là nguyên nhân, cần khắc phục ngay"),
)
EFFORT = Rule(
    id="statement.effort",
    cue="thời gian qua … đã có nhiều cố gắng",
    meaning="what was done so far",
    seen="phần đánh giá của thông báo kết luận không đánh số",
    pattern=re.compile(
        r"^(?:trong )?(?:thời gian|những năm|mấy năm|các tháng) (?:qua|vừa qua)\b[^.;]{0,120}\bđã\b(?!.*\b(?:yêu cầu|đề nghị|giao)\b)"
        r"|^(?:trong )?(?:tuần|tháng|quý|năm) (?:qua|vừa qua|trước|ngoái)\b(?!.*\b(?:yêu cầu|đề nghị|giao|phải|cần)\b)"
        r"|^qua (?:hơn |gần |trên )?(?:[^\W\d_]+ |\d+ ){0,2}(?:năm|tháng|quý|thời gian|đợt|kiểm tra|theo dõi|rà soát|nắm tình hình)\b(?!.*\b(?:yêu cầu|đề nghị|giao|phải|cần)\b)"
    ),
    examples=(
        "thời gian qua huyện đã có nhiều cố gắng; tuy vậy còn 11 công trình bỏ không",
        "qua hơn hai năm triển khai, diện tích trồng mới đạt 14.260 ha",
    ),
    counter_examples=("thời gian qua các xã đã có cố gắng, nay yêu cầu làm dứt điểm",),
)
WARNED = Rule(
    id="statement.warned",
    cue="đơn vị nào không … sẽ bị phê bình",
    meaning="what follows for those who do not act; it is announced, not ordered",
    seen="phần kết của công văn đôn đốc",
    pattern=re.compile(
        r"^(?:các |những |mọi )?[^,;.:]{2,60}\b(?:vi phạm|không chấp hành|không thực hiện|không hoàn thành|không nộp|chậm trễ|gửi chậm|nộp chậm|để xảy ra|cố tình|chây ỳ|tái phạm)\b[^,;.:]{0,80}, [^,;.:]{2,60}\bsẽ (?:bị |xem xét |kiên quyết )?(?:kiến nghị|đề nghị|xem xét|xử lý|thu hồi|không|chuyển|công khai|nêu tên|trừ|phê bình|đình chỉ|từ chối|báo cáo)\b"
        r"|^(?:đơn vị|cơ quan|địa phương|xã|phường|huyện|tập thể|cá nhân|trường|phòng|khoa)(?:, [^,]{2,20})? nào\b[^;]{3,160}\bsẽ (?:bị |phải chịu |xem xét |kiên quyết )?(?:phê bình|xử lý|xem xét|kỷ luật|nhắc nhở|kiểm điểm|trừ điểm|không được|không xét|đưa vào|chịu trách nhiệm)\b"
    ),
    examples=(
        "đơn vị nào gửi chậm, sở sẽ phê bình bằng văn bản",
        "các đại lý vi phạm nhiều lần, chi cục sẽ kiến nghị thu hồi giấy phép",
    ),
    counter_examples=("đơn vị nào chậm thì báo cáo chủ tịch xử lý", "khoa nào chậm thì nêu tên ở kỳ giao ban sau"),
)
REFUSAL = Rule(
    id="statement.refusal",
    cue="việc xin …: chưa xem xét; đề nghị của …: không chấp thuận",
    meaning="what is not granted; nobody is told to act",
    seen="thông báo kết luận, phần kiến nghị",
    pattern=re.compile(
        r"^(?:về |đối với )?(?:việc|các |những )?(?:đề nghị|đề xuất|kiến nghị|xin|nguyện vọng|việc xin)\b[^.;]{3,160}\b(?:chưa|không|tạm thời chưa|chưa thể|không thể) (?:xem xét|chấp thuận|đồng ý|nhất trí|giải quyết|đặt ra|bố trí|có cơ sở|thật cần thiết|cần thiết|phù hợp)\b(?!.*\b(?:yêu cầu|giao|phải)\b)"
    ),
    examples=(
        "việc xin bổ sung xe công của hội: chưa xem xét trong năm nay",
        "đề nghị của xã về nâng cấp chợ: không chấp thuận do chưa có quy hoạch",
    ),
    counter_examples=(
        "đề nghị các xã rà soát những hộ chưa được giải quyết",
        "việc xin lùi hạn không chấp thuận, giao sở x đôn đốc",
    ),
)
ELSEWHERE = Rule(
    id="statement.told_elsewhere",
    cue="phân công cụ thể theo phụ lục",
    meaning="where the assignment stands",
    seen="kế hoạch, quyết định có phụ lục phân công",
    pattern=re.compile(
        r"^(?:việc )?(?:phân công|nhiệm vụ|công việc|các công việc|nội dung|lịch|chi tiết|tiến độ|kinh phí|danh sách|thời gian)\b[^.;:]{0,80}\b(?:tại|theo|ở|trong|như) (?:các |bảng |danh mục )?(?:phụ lục|biểu|bảng)\b[^.;:,]{0,60}[./\s]*$"
    ),
    examples=("phân công nhiệm vụ cụ thể nêu tại phụ lục kèm theo quyết định này", "lịch chi tiết ở phụ lục kèm theo"),
    counter_examples=(
        "lập danh sách theo biểu mẫu",
        "phân công cán bộ theo dõi từng thôn theo phụ lục 1, báo cáo trước ngày 15/5",
    ),
)
FUNDS = Rule(
    id="statement.funds",
    cue="kinh phí … dự kiến … đồng",
    meaning="what it costs and where the money comes from",
    seen="mục kinh phí của kế hoạch",
    pattern=re.compile(
        r"^(?:tổng |nguồn )?(?:kinh phí|dự kiến|khoảng|tổng dự toán|dự toán)\b(?!.*\b(?:giao|lập|trình|yêu cầu|đề nghị|quyết toán|thẩm định|hướng dẫn)\b)[^.;]{0,140}\d[\d.,]* ?(?:triệu|tỷ|nghìn)? ?đồng\b"
    ),
    examples=("dự kiến 186 triệu đồng, trong đó ngân sách huyện 120 triệu đồng",),
    counter_examples=("kinh phí 20 triệu đồng giao phòng tài chính cân đối", "dự kiến nhu cầu vật tư, báo cáo huyện"),
)
_BODY_HEADS = r"(?:ubnd|ủy ban|uỷ ban|ban |sở |phòng |công ty|tổng công ty|trung tâm|bộ |cục |chi cục|bệnh viện|trường |văn phòng|công an|liên danh|quỹ |hội )"
FIELD = Rule(
    id="statement.field_of_project",
    cue="chủ đầu tư: …; tổng mức đầu tư: …; quy mô: …",
    meaning="what a project, contract or award is, by fields; nobody is told to act",
    seen="quyết định phê duyệt dự án, đề án, kế hoạch lựa chọn nhà thầu",
    pattern=re.compile(
        rf"^(?:tên (?:dự án|đề án|công trình|gói thầu|nhiệm vụ|đề tài|chương trình)|tổng (?:mức|kinh phí|dự toán|vốn|diện tích|giá trị)\b[^.;:]{{0,30}}|giá (?:gói thầu|trị hợp đồng|khởi điểm|trúng thầu)"
        rf"|(?:cơ cấu |nguồn )(?:nguồn )?vốn[^.;:]{{0,20}}|quy mô[^.;:]{{0,40}}|công suất[^.;:]{{0,20}}|nhóm dự án|loại(?:,| và)? cấp công trình|cấp công trình|địa điểm (?:thực hiện|xây dựng|đầu tư)|diện tích (?:đất|sử dụng|xây dựng)[^.;:]{{0,20}}"
        rf"|hình thức (?:đầu tư|quản lý|lựa chọn|hợp đồng|khen thưởng|kỷ luật)[^.;:]{{0,30}}|phương thức lựa chọn[^.;:]{{0,20}}|mục tiêu(?: đầu tư| của dự án| dự án| chung| tổng quát)?|mức (?:hỗ trợ|thu|chi|thưởng|phạt|khen thưởng|vốn)[^.;:]{{0,30}}|tiền thưởng|đối tượng (?:thụ hưởng|áp dụng|hưởng)[^.;:]{{0,20}}|vị trí,? ranh giới|ranh giới|tính chất) ?:(?! ?(?:giao |đề nghị |các )?{_BODY_HEADS})"
        rf"|^(?:chủ đầu tư|đại diện chủ đầu tư|chủ dự án|cơ quan (?:chủ quản|quyết định đầu tư|quản lý)|cấp quyết định đầu tư|người quyết định đầu tư|bên mời thầu|(?:tổ chức|đơn vị|nhà thầu) (?:tư vấn|lập|thiết kế|khảo sát|thi công|trúng thầu|cung cấp)[^.;:]{{0,40}}) ?: {_BODY_HEADS}[^.;:,]{{2,90}}[./;\s]*$"
    ),
    examples=(
        "chủ đầu tư: ubnd huyện mường hạ.",
        "tổng mức đầu tư: 78.450 triệu đồng",
        "quy mô: san nền 9,6 ha; đường nội bộ 4,1 km",
    ),
    counter_examples=("chủ đầu tư: khẩn trương hoàn thiện hồ sơ", "các chủ đầu tư: đẩy nhanh giải ngân"),
)
LAW = Rule(
    id="statement.law",
    cue="theo quy định tại khoản … Điều …, thời hạn …",
    meaning="what the law says of a thing",
    seen="công văn trả lời, hướng dẫn",
    pattern=re.compile(
        r"^theo (?:quy định (?:tại|của|hiện hành)|(?:điểm|khoản|điều|mục) \S+)[^;:]{0,160}, (?:thời hạn|thời gian|mức|điều kiện|thẩm quyền|trình tự|nguyên tắc|đối tượng|phạm vi|tiêu chuẩn|số lượng|tỷ lệ|diện tích|giá|phí|lệ phí|giấy phép|người được|trường hợp)\b"
        r"(?!.*\b(?:phải|cần|(?<!theo )đề nghị|(?<!theo )yêu cầu|giao|có trách nhiệm|không được|do đó|vì vậy)\b)"
    ),
    examples=("theo quy định tại khoản 3 điều 13, thời hạn của giấy phép tối đa không quá 24 tháng",),
    counter_examples=(
        "theo quy định tại điều 5, phòng kinh tế thẩm định hồ sơ",
        "theo quy định của luật, mức thu phải công khai",
    ),
)
RULES = (
    FIELD,
    LAW,
    PRAISE,
    SHORTCOMING,
    SIDE,
    AGREEMENT,
    FORECAST,
    PAST,
    SAID,
    RESULT,
    OTHERWISE,
    CAUSE,
    EFFORT,
    WARNED,
    REFUSAL,
    ELSEWHERE,
    FUNDS,
)

# The slow rules with words of which each of their sentences holds one: a rule is not tried on a sentence without.
_HOLDS: dict[Rule, tuple[str, ...]] = {
    PRAISE: ("biểu dương", "ghi nhận", "hoan nghênh", "đánh giá cao", "cảm ơn", "chia sẻ"),
    SHORTCOMING: ("còn ", "chưa ", "chậm so với"),
    PAST: ("đã ",),
    RESULT: (
        *("so với", "bằng ", "đến nay", "tính đến", "hiện nay", "hiện tại", "đến thời điểm", "hiện toàn", "hiện cả"),
        *("hiện có", "hiện còn", "hiện mới", "hiện đang", "hiện trên", "có tổng mức", "mới ", "chỉ đạt"),
        *(
            "được tăng",
            "được nâng",
            "được quan",
            "được chú",
            "được duy",
            "được cải",
            "được giữ",
            "được ổn",
            "được củng",
        ),
    ),
    CAUSE: ("nguyên nhân",),
    WARNED: ("sẽ ",),
}

_ORDER_BEHIND = re.compile(
    r"[;,.]\s+(?=(?:đồng thời,? |tuy nhiên,? |trên cơ sở đó,? )?(?:giao|yêu cầu|đề nghị|phân công|đồng thời giao)\b)"
)


@lru_cache(maxsize=512)  # the item and its only sentence are the same words
def statement(sentence: str) -> Rule | None:
    """The rule by which a sentence only states something, None for one that may order."""
    words = fold(sentence).strip(" -–+*")
    for rule in RULES:
        assert rule.pattern is not None
        holds = _HOLDS.get(rule)
        if holds is not None and not any(word in words for word in holds):
            continue
        if rule.pattern.search(words):
            return rule
    return None


# "…: chưa xem xét trong năm nay; [Thư viện tiếp tục khai thác …]"
_WORK_BEHIND = re.compile(
    r";\s+(?=[^;.,:]{2,50}?\s(?:tiếp tục|phải|chủ động|khẩn trương|có trách nhiệm|nghiên cứu|thực hiện|rà soát|tự cân đối)\b)"
)


def ordering_part(text: str, sentence: Span) -> Span | None:
    """The sentence, or of one that states only what it orders behind ("…; giao Sở X …"); None where it orders nothing."""
    words = sentence.of(text)
    said = statement(words)
    if said is None:
        return sentence
    behind = _ORDER_BEHIND.search(fold(words))
    if behind is None and said in (REFUSAL, AGREEMENT):
        behind = _WORK_BEHIND.search(fold(words))
    return Span(sentence.start + behind.end(), sentence.end) if behind else None
