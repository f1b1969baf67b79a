// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/multipartbody.h"

#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <cstring>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;

bool isInvisible(QChar c)
{
    const QChar::Category category = c.category();
    if (category == QChar::Other_Control || category == QChar::Separator_Line ||
        category == QChar::Separator_Paragraph)
        return true;
    // Marks, embeddings, overrides and isolates that turn the direction of what follows.
    const char16_t code = c.unicode();
    return code == 0x061c || code == 0x200e || code == 0x200f ||
           (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

QString safeCharacter(QChar c)
{
    switch (c.unicode()) {
    case u'"':
        return u"%22"_s;
    case u'\r':
        return u"%0D"_s;
    case u'\n':
        return u"%0A"_s;
    case u'\\': // an escape to some parsers, and not to others
        return u"_"_s;
    default:
        return isInvisible(c) ? u"_"_s : QString(c);
    }
}

QByteArray safeMediaType(const QString& type)
{
    const QByteArray bytes = type.toLatin1();
    const bool isSafe = std::all_of(bytes.cbegin(), bytes.cend(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '+' ||
               c == '.' || c == '-';
    });
    return isSafe && bytes.contains('/') ? bytes : QByteArray("application/octet-stream");
}

} // namespace

QByteArray safeFileName(const QString& name)
{
    QString safe;
    for (const QChar c : name.mid(name.lastIndexOf(u'/') + 1))
        safe += safeCharacter(c);
    return safe.isEmpty() ? QByteArray("image") : safe.toUtf8();
}

MultipartBody::MultipartBody()
    : m_boundary("vitrine-" + QUuid::createUuid().toByteArray(QUuid::Id128))
{}

void MultipartBody::addField(const QByteArray& name, const QString& value)
{
    m_head += "--" + m_boundary + "\r\nContent-Disposition: form-data; name=\"" + name +
              "\"\r\n\r\n" + value.toUtf8() + "\r\n";
}

bool MultipartBody::openFile(const QByteArray& field, const QString& path, const QString& name,
                             const QString& type)
{
    m_file.setFileName(path);
    // Asked first: opening a pipe would wait for somebody to write to it.
    if (!QFileInfo(path).isFile() || !m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return false;
    m_fileSize = m_file.size();
    m_head += "--" + m_boundary + "\r\nContent-Disposition: form-data; name=\"" + field +
              "\"; filename=\"" + safeFileName(name) +
              "\"\r\nContent-Type: " + safeMediaType(type) + "\r\n\r\n";
    m_tail = "\r\n--" + m_boundary + "--\r\n";
    return open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

QByteArray MultipartBody::withoutFile() const
{
    return m_head + "--" + m_boundary + "--\r\n";
}

QByteArray MultipartBody::contentType() const
{
    return "multipart/form-data; boundary=" + m_boundary;
}

qint64 MultipartBody::size() const
{
    return m_head.size() + m_fileSize + m_tail.size();
}

qint64 MultipartBody::readData(char* data, qint64 maxSize)
{
    qint64 done = 0;
    while (done < maxSize && pos() + done < size()) {
        const qint64 count = readPiece(pos() + done, data + done, maxSize - done);
        if (count <= 0)
            return done > 0 ? done : -1;
        done += count;
    }
    return done > 0 || maxSize == 0 ? done : -1;
}

qint64 MultipartBody::readPiece(qint64 at, char* data, qint64 maxSize)
{
    const qint64 fileAt = at - m_head.size();
    const qint64 tailAt = fileAt - m_fileSize;
    if (fileAt < 0)
        return readFrom(m_head, at, data, maxSize);
    if (tailAt >= 0)
        return readFrom(m_tail, tailAt, data, maxSize);
    const bool isInPlace = m_file.pos() == fileAt || m_file.seek(fileAt);
    const qint64 count = isInPlace ? m_file.read(data, qMin(maxSize, -tailAt)) : -1;
    m_isTorn = m_isTorn || count <= 0;
    return count;
}

qint64 MultipartBody::readFrom(const QByteArray& part, qint64 at, char* data, qint64 maxSize)
{
    const qint64 count = qMin(maxSize, part.size() - at);
    std::memcpy(data, part.constData() + at, size_t(count));
    return count;
}

qint64 MultipartBody::writeData(const char*, qint64)
{
    return -1;
}

} // namespace vitrine::api
