// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/protocol/pagetext.h"

#include "app/protocol/imagefields.h"

#include <utility>

namespace vitrine::protocol {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kUsualImage = 640;

void append(QByteArray& text, bool value)
{
    text.append(value ? "true" : "false");
}

void append(QByteArray& text, qint64 value)
{
    text.append(QByteArray::number(value));
}

void append(QByteArray& text, int value)
{
    append(text, qint64(value));
}

/// RFC 8259, 7.
bool mustBeEscaped(char c)
{
    return c == '"' || c == '\\' || uchar(c) < 0x20;
}

QByteArray escaped(char c)
{
    constexpr char digits[] = "0123456789abcdef";
    if (uchar(c) < 0x20)
        return QByteArray("\\u00").append(digits[uchar(c) / 16]).append(digits[uchar(c) % 16]);
    return QByteArray("\\").append(c);
}

void append(QByteArray& text, const QString& value)
{
    const QByteArray bytes = value.toUtf8();
    text.append('"');
    auto plain = bytes.cbegin();
    for (auto at = plain; at != bytes.cend(); ++at) {
        if (!mustBeEscaped(*at))
            continue;
        text.append(plain, at - plain).append(escaped(*at));
        plain = at + 1;
    }
    text.append(plain, bytes.cend() - plain).append('"');
}

void append(QByteArray& text, const Image& image)
{
    char before = '{';
    forEachField(image, [&](QLatin1StringView name, const auto& value) {
        text.append(std::exchange(before, ',')).append('"');
        text.append(name.data(), name.size()).append("\":");
        append(text, value);
    });
    text.append('}');
}

} // namespace

QByteArray jsonText(const Page& page)
{
    QByteArray text;
    text.reserve(page.images.size() * kUsualImage);
    text.append("{\"images\":");
    char before = '[';
    for (const Image& image : page.images) {
        text.append(std::exchange(before, ','));
        append(text, image);
    }
    text.append(page.images.isEmpty() ? "[]" : "]");
    if (!page.cursor.isEmpty()) {
        text.append(",\"cursor\":");
        append(text, page.cursor);
    }
    return text.append('}');
}

} // namespace vitrine::protocol
