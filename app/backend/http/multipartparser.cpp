// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/multipartparser.h"

#include "app/backend/http/headervalue.h"

#include <algorithm>

namespace vitrine::backend::http {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxHeadingBytes = 8 * 1024;
constexpr qsizetype kMaxPaddingBytes = 64; // after a boundary
constexpr qsizetype kMaxBoundary = 70;     // RFC 2046

tl::unexpected<Error> malformed(const QString& why)
{
    return failure(ErrorKind::InvalidInput, why);
}

Result<PartHead> parseHeading(const QByteArray& heading)
{
    PartHead head;
    bool isNamed = false;
    for (const QByteArray& line : heading.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(colon).trimmed().toLower();
        const QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1).trimmed();
        if (name == "content-type") {
            head.contentType = value;
        } else if (name == "content-disposition") {
            const HeaderValue disposition = parseHeaderValue(value);
            if (isNamed || disposition.value != "form-data" || !disposition.isSound ||
                !disposition.parameters.contains("name"))
                return malformed(u"A part of the form has no usable name."_s);
            isNamed = true;
            head.name = disposition.parameters.value("name");
            head.fileName = disposition.parameters.value("filename");
        }
    }
    if (!isNamed)
        return malformed(u"A part of the form has no name."_s);
    return head;
}

} // namespace

MultipartParser::MultipartParser(const QByteArray& boundary, PartSink& sink)
    : m_delimiter("\r\n--" + boundary)
    , m_sink(sink)
    , m_pending("\r\n") // so that a boundary at the very start is found like any other
{}

Result<void> MultipartParser::feed(QByteArrayView piece)
{
    if (m_state == State::Epilogue)
        return {}; // whatever follows the final boundary means nothing
    m_pending.append(piece);
    for (;;) {
        const auto advanced = step();
        if (!advanced)
            return failure(advanced.error());
        if (!*advanced)
            return {};
    }
}

/// True: something was consumed, go on. False: more bytes are needed, or the end is reached.
Result<bool> MultipartParser::step()
{
    switch (m_state) {
    case State::Preamble:
        return skipPreamble();
    case State::AfterBoundary:
        return readAfterBoundary();
    case State::Heading:
        return readHeading();
    case State::Data:
        return readData();
    case State::Epilogue:
        break;
    }
    m_pending.clear();
    return false;
}

bool MultipartParser::skipPreamble()
{
    const qsizetype at = m_pending.indexOf(m_delimiter);
    if (at < 0) {
        m_pending = m_pending.right(m_delimiter.size() - 1);
        return false;
    }
    m_pending.remove(0, at + m_delimiter.size());
    m_state = State::AfterBoundary;
    return true;
}

Result<bool> MultipartParser::readAfterBoundary()
{
    if (m_pending.size() < 2)
        return false;
    if (m_pending.startsWith("--")) {
        m_state = State::Epilogue;
        return true;
    }
    const qsizetype lineEnd = m_pending.indexOf("\r\n");
    const qsizetype padding = lineEnd < 0 ? m_pending.size() : lineEnd;
    const bool isBlank = std::all_of(m_pending.cbegin(), m_pending.cbegin() + padding,
                                     [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
    if (!isBlank || padding > kMaxPaddingBytes)
        return malformed(u"The form's boundary is malformed."_s);
    if (lineEnd < 0)
        return false;
    m_pending.remove(0, lineEnd); // the line break stays: it may be the one of the empty line
    m_state = State::Heading;
    return true;
}

Result<bool> MultipartParser::readHeading()
{
    const qsizetype end = m_pending.indexOf("\r\n\r\n");
    if (end > kMaxHeadingBytes || (end < 0 && m_pending.size() > kMaxHeadingBytes))
        return malformed(u"The heading of a part of the form is too large."_s);
    if (end < 0)
        return false;
    const auto head = parseHeading(m_pending.left(end));
    if (!head)
        return failure(head.error());
    if (auto begun = m_sink.beginPart(*head); !begun)
        return failure(begun.error());
    m_pending.remove(0, end + 4);
    m_state = State::Data;
    return true;
}

Result<bool> MultipartParser::readData()
{
    const qsizetype at = m_pending.indexOf(m_delimiter);
    // Without a boundary in sight the last bytes may be the start of one.
    const qsizetype safe =
        at >= 0 ? at : qMax<qsizetype>(0, m_pending.size() - (m_delimiter.size() - 1));
    if (safe > 0) {
        if (auto taken = m_sink.partData(QByteArrayView(m_pending).first(safe)); !taken)
            return failure(taken.error());
    }
    m_pending.remove(0, at >= 0 ? at + m_delimiter.size() : safe);
    if (at < 0)
        return false;
    if (auto ended = m_sink.endPart(); !ended)
        return failure(ended.error());
    m_state = State::AfterBoundary;
    return true;
}

QByteArray MultipartParser::boundaryOf(const QByteArray& contentType)
{
    const HeaderValue type = parseHeaderValue(contentType);
    const QByteArray boundary = type.parameters.value("boundary");
    const bool isUsable = type.isSound && type.value == "multipart/form-data" &&
                          boundary.size() <= kMaxBoundary &&
                          std::all_of(boundary.cbegin(), boundary.cend(),
                                      [](char c) { return c >= 0x20 && c < 0x7f; });
    return isUsable ? boundary : QByteArray();
}

} // namespace vitrine::backend::http
