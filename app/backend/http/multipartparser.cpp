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
constexpr QByteArrayView kEmptyLine("\r\n\r\n");

tl::unexpected<Error> malformed(const QString& why)
{
    return failure(ErrorKind::InvalidInput, why);
}

bool isBoundaryChar(char c) // RFC 2046, 5.1.1
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           QByteArrayView("'()+_,-./:=? ").contains(c);
}

Result<PartHead> parseHeading(const QByteArray& heading)
{
    PartHead head;
    bool isNamed = false;
    for (const QByteArray& line : heading.trimmed().split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            return malformed(u"A part of the form has a heading of no use."_s);
        const QByteArray name = line.left(colon).trimmed().toLower();
        const QByteArray value = line.mid(colon + 1).trimmed();
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
    , m_search(m_delimiter)
    , m_sink(sink)
    , m_pending("\r\n") // so that a boundary at the very start is found like any other
    , m_made(m_pending.size())
{}

Result<void> MultipartParser::feed(QByteArrayView piece)
{
    if (m_state == State::Epilogue) { // whatever follows the final boundary means nothing
        m_sink.frame(piece);
        return {};
    }
    if (m_state == State::Data && isDataAlone(piece))
        return handOn(piece);
    m_pending.append(piece);
    for (;;) {
        const auto advanced = step();
        if (!advanced)
            return failure(advanced.error());
        if (!*advanced)
            return {};
    }
}

/// Whether no boundary begins or ends in \a piece, nor goes over its edge from what is pending.
bool MultipartParser::isDataAlone(QByteArrayView piece) const
{
    const qsizetype overlap = m_delimiter.size() - 1;
    if (piece.size() < overlap || m_pending.size() > overlap)
        return false;
    const QByteArray edge = m_pending + piece.first(overlap).toByteArray();
    return !edge.contains(m_delimiter) && boundaryIn(piece) < 0;
}

/// Nearly all of a large file goes this way, as it came. Only what may be the start of a boundary
/// waits.
Result<void> MultipartParser::handOn(QByteArrayView piece)
{
    const qsizetype kept = boundaryStart(piece);
    for (const QByteArrayView data : {QByteArrayView(m_pending), piece.chopped(kept)}) {
        if (data.isEmpty())
            continue;
        if (auto taken = m_sink.partData(data); !taken)
            return taken;
    }
    m_pending = piece.last(kept).toByteArray();
    return {};
}

/// How many bytes at the end of \a data may be the start of a boundary.
qsizetype MultipartParser::boundaryStart(QByteArrayView data) const
{
    qsizetype length = qMin(data.size(), m_delimiter.size() - 1);
    while (!m_delimiter.startsWith(data.last(length)))
        --length;
    return length;
}

/// Goes on behind so many bytes, which are no part's data.
void MultipartParser::pass(qsizetype length)
{
    const qsizetype made = qMin(m_made, length);
    if (length > made)
        m_sink.frame(QByteArrayView(m_pending).sliced(made, length - made));
    m_made -= made;
    m_pending.remove(0, length);
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
    case State::EmptyLine:
        return readEmptyLine();
    case State::Data:
        return readData();
    case State::Epilogue:
        break;
    }
    pass(m_pending.size());
    return false;
}

bool MultipartParser::skipPreamble()
{
    const qsizetype at = boundaryIn(m_pending);
    if (at < 0) {
        pass(qMax(0, m_pending.size() - m_delimiter.size() + 1));
        return false;
    }
    pass(at + m_delimiter.size());
    m_state = State::AfterBoundary;
    return true;
}

Result<bool> MultipartParser::readAfterBoundary()
{
    const auto padded = std::find_if_not(m_pending.cbegin(), m_pending.cend(),
                                         [](char c) { return c == ' ' || c == '\t'; });
    const qsizetype padding = padded - m_pending.cbegin();
    const QByteArrayView rest = QByteArrayView(m_pending).sliced(padding);
    if (padding == 0 && rest.startsWith("--")) {
        m_state = State::Epilogue;
        return true;
    }
    const bool mayGoOn =
        QByteArrayView("\r\n").startsWith(rest.first(qMin<qsizetype>(2, rest.size()))) ||
        (padding == 0 && rest == "-");
    if (!mayGoOn || padding > kMaxPaddingBytes)
        return malformed(u"The form's boundary is malformed."_s);
    if (rest.size() < 2)
        return false;
    pass(padding); // the line break stays: it may be the one of the empty line
    m_state = State::Heading;
    return true;
}

Result<bool> MultipartParser::readHeading()
{
    const qsizetype end = m_pending.indexOf(kEmptyLine);
    // The same limit whether the empty line is here, half here or on its way.
    if (end > kMaxHeadingBytes ||
        (end < 0 && m_pending.size() >= kMaxHeadingBytes + kEmptyLine.size()))
        return malformed(u"The heading of a part of the form is too large."_s);
    if (end < 0)
        return false;
    const QByteArray heading = m_pending.left(end);
    if (heading.contains(m_delimiter))
        return malformed(u"A part of the form ends within its heading."_s);
    const auto head = parseHeading(heading);
    if (!head)
        return failure(head.error());
    if (auto begun = m_sink.beginPart(*head); !begun)
        return failure(begun.error());
    pass(end + 2); // the empty line's own break stays: a boundary may begin with it
    m_state = State::EmptyLine;
    return true;
}

/// A part without a body: the boundary follows the heading at once (RFC 2046, 5.1.1).
Result<bool> MultipartParser::readEmptyLine()
{
    const bool isBoundary = m_pending.startsWith(m_delimiter);
    if (!isBoundary && m_delimiter.startsWith(m_pending))
        return false;
    if (!isBoundary)
        pass(2);
    m_state = State::Data;
    return true;
}

Result<bool> MultipartParser::readData()
{
    const qsizetype at = boundaryIn(m_pending);
    const qsizetype safe = at >= 0 ? at : m_pending.size() - boundaryStart(m_pending);
    if (safe > 0) {
        if (auto taken = m_sink.partData(QByteArrayView(m_pending).first(safe)); !taken)
            return failure(taken.error());
    }
    m_pending.remove(0, safe);
    if (at < 0)
        return false;
    if (auto ended = m_sink.endPart(); !ended)
        return failure(ended.error());
    pass(m_delimiter.size());
    m_state = State::AfterBoundary;
    return true;
}

QByteArray MultipartParser::boundaryOf(const QByteArray& contentType)
{
    const HeaderValue type = parseHeaderValue(contentType);
    const QByteArray boundary = type.parameters.value("boundary");
    const bool isUsable = type.isSound && type.value == "multipart/form-data" &&
                          boundary.size() <= kMaxBoundary && !boundary.endsWith(' ') &&
                          std::all_of(boundary.cbegin(), boundary.cend(), isBoundaryChar);
    return isUsable ? boundary : QByteArray();
}

} // namespace vitrine::backend::http
