"""Envelopes of edXML as sending systems write them, for tests."""

from __future__ import annotations

import base64

from vndirective.export.edxml import NAMESPACE

HEADER = """<{p}From><{p}OrganId>000.00.01.H99</{p}OrganId><{p}OrganizationInCharge>UBND tỉnh Sơn Giang</{p}OrganizationInCharge>
<{p}OrganName>Ủy ban nhân dân xã Đồng Kê</{p}OrganName></{p}From>
<{p}To><{p}OrganName>Trạm Y tế xã Đồng Kê</{p}OrganName></{p}To>
<{p}Code><{p}CodeNumber>12</{p}CodeNumber><{p}CodeNotation>TB-UBND</{p}CodeNotation></{p}Code>
<{p}PromulgationInfo><{p}Place>Đồng Kê</{p}Place><{p}PromulgationDate>2025/04/03</{p}PromulgationDate></{p}PromulgationInfo>
<{p}DocumentType><{p}Type>7</{p}Type><{p}TypeName>Thông báo</{p}TypeName></{p}DocumentType>
<{p}Subject>Về việc rà soát hộ nghèo</{p}Subject><{p}Content>N/A</{p}Content>
<{p}SignerInfo><{p}Competence>Trực tiếp</{p}Competence><{p}Position>Chủ tịch</{p}Position>
<{p}FullName>Lương Văn Bền</{p}FullName></{p}SignerInfo>
<{p}ToPlaces><{p}Place>Đảng ủy xã</{p}Place><{p}Place>N/A</{p}Place></{p}ToPlaces>"""


def edxml_package(*attachments: tuple[str, bytes], header: str = HEADER, prefix: str = "edXML:") -> bytes:
    """An envelope as other systems write it."""
    attached = "".join(
        f"<Attachment><ContentId>cid:{i}</ContentId><AttachmentName>{name}</AttachmentName>"
        f"<ContentTransferEncoded>{base64.encodebytes(data).decode()}</ContentTransferEncoded></Attachment>"
        for i, (name, data) in enumerate(attachments)
    )
    p = prefix
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<edXML xmlns="{NAMESPACE}"><{p}edXMLEnvelope xmlns:edXML="{NAMESPACE}">'
        f"<{p}edXMLHeader><{p}MessageHeader>{header.format(p=p)}</{p}MessageHeader></{p}edXMLHeader>"
        f"</{p}edXMLEnvelope><AttachmentEncoded>{attached}</AttachmentEncoded></edXML>"
    ).encode()
