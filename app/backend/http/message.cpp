// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/message.h"

#include <QFile>
#include <QUrlQuery>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace vitrine::backend::http {
namespace {

bool isNamed(const Headers::Field& field, QByteArrayView name)
{
    return field.first.size() == name.size() && field.first.compare(name, Qt::CaseInsensitive) == 0;
}

struct Reason {
    int status;
    const char* phrase;
};

constexpr std::array kReasons{
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{204, "No Content"},
    Reason{206, "Partial Content"},
    Reason{302, "Found"},
    Reason{304, "Not Modified"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{408, "Request Timeout"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{411, "Length Required"},
    Reason{412, "Precondition Failed"},
    Reason{413, "Content Too Large"},
    Reason{414, "URI Too Long"},
    Reason{415, "Unsupported Media Type"},
    Reason{416, "Range Not Satisfiable"},
    Reason{417, "Expectation Failed"},
    Reason{421, "Misdirected Request"},
    Reason{422, "Unprocessable Content"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{502, "Bad Gateway"},
    Reason{503, "Service Unavailable"},
    Reason{504, "Gateway Timeout"},
    Reason{505, "HTTP Version Not Supported"},
    Reason{507, "Insufficient Storage"},
};

} // namespace

void Headers::set(const QByteArray& name, QByteArray value)
{
    m_fields.removeIf([&](const Field& field) { return isNamed(field, name); });
    add(name, std::move(value));
}

QByteArray Headers::value(QByteArrayView name) const
{
    const auto found = std::find_if(m_fields.cbegin(), m_fields.cend(),
                                    [&](const Field& field) { return isNamed(field, name); });
    return found == m_fields.cend() ? QByteArray() : found->second;
}

QList<QByteArray> Headers::values(QByteArrayView name) const
{
    QList<QByteArray> values;
    for (const Field& field : m_fields) {
        if (isNamed(field, name))
            values.append(field.second);
    }
    return values;
}

qsizetype Headers::count(QByteArrayView name) const
{
    return std::count_if(m_fields.cbegin(), m_fields.cend(),
                         [&](const Field& field) { return isNamed(field, name); });
}

QString RequestHead::parameter(const QString& name) const
{
    return QUrlQuery(QString::fromLatin1(query)).queryItemValue(name, QUrl::FullyDecoded);
}

QByteArray RequestHead::origin() const
{
    return (isSecure ? "https://" : "http://") + headers.value("Host").toLower();
}

RequestHead requestHead(QByteArray method, QByteArrayView target, Headers headers)
{
    RequestHead head;
    const qsizetype question = target.indexOf('?');
    head.method = std::move(method);
    head.path = target.first(question < 0 ? target.size() : question).toByteArray();
    if (question >= 0)
        head.query = target.sliced(question + 1).toByteArray();
    head.headers = std::move(headers);
    return head;
}

std::shared_ptr<const OpenFile> OpenFile::open(const QString& path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return nullptr;
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return nullptr;
    }
    return std::shared_ptr<const OpenFile>(new OpenFile(descriptor, status.st_size));
}

OpenFile::~OpenFile()
{
    ::close(m_descriptor);
}

QByteArrayView reasonPhrase(int status)
{
    const auto found = std::find_if(kReasons.begin(), kReasons.end(),
                                    [&](const Reason& reason) { return reason.status == status; });
    return found == kReasons.end() ? "Status" : found->phrase;
}

} // namespace vitrine::backend::http
