// SPDX-License-Identifier: GPL-3.0-or-later
// A form must mean the same whatever pieces it arrives in, and every part that begins ends once.
#include "app/backend/http/multipartparser.h"

#include <cstdint>
#include <cstdlib>

using namespace vitrine;
using namespace vitrine::backend::http;

namespace {

/// Writes down what the parser says.
class Transcript final : public PartSink
{
public:
    Result<void> beginPart(const PartHead& head) override
    {
        require(!m_isOpen);
        m_isOpen = true;
        m_text += '<' + head.name + '|' + head.fileName + '|' + head.contentType + '>';
        return {};
    }
    Result<void> partData(QByteArrayView data) override
    {
        require(m_isOpen && !data.isEmpty());
        m_text.append(data);
        m_bytes.append(data);
        return {};
    }
    Result<void> endPart() override
    {
        require(m_isOpen);
        m_isOpen = false;
        m_text += "</>";
        return {};
    }
    void frame(QByteArrayView bytes) override
    {
        require(!bytes.isEmpty());
        m_bytes.append(bytes);
    }
    const QByteArray& text() const { return m_text; }
    const QByteArray& bytes() const { return m_bytes; }

private:
    static void require(bool condition)
    {
        if (!condition)
            std::abort();
    }

    QByteArray m_text;
    QByteArray m_bytes; ///< all that it told
    bool m_isOpen = false;
};

/// What came of it, fed in pieces of \a size.
QByteArray outcome(const QByteArray& boundary, QByteArrayView form, qsizetype size)
{
    Transcript transcript;
    MultipartParser parser(boundary, transcript);
    for (qsizetype at = 0; at < form.size(); at += size) {
        if (!parser.feed(form.sliced(at, qMin(size, form.size() - at))))
            return "refused";
    }
    if (!form.startsWith(transcript.bytes()) || (parser.isComplete() && form != transcript.bytes()))
        std::abort();
    return transcript.text() + (parser.isComplete() ? "complete" : "incomplete");
}

} // namespace

// The first byte is the size of the pieces, the first line the Content-Type, the rest the form.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArrayView input(data, qsizetype(size));
    const qsizetype line = input.indexOf('\n');
    if (line < 1)
        return 0;
    QByteArray boundary = MultipartParser::boundaryOf(input.sliced(1, line - 1).toByteArray());
    if (boundary.isEmpty())
        boundary = "b";
    const QByteArrayView form = input.sliced(line + 1);
    const QByteArray whole = outcome(boundary, form, qMax<qsizetype>(1, form.size()));
    const QByteArray pieces = outcome(boundary, form, 1 + uint8_t(input.front()) % 64);
    if (whole != pieces)
        std::abort();
    return 0;
}
