// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace vitrine::backend::http {

/// Header fields in the order of the wire. Names compare without case.
class Headers
{
public:
    using Field = std::pair<QByteArray, QByteArray>;

    Headers() = default;
    Headers(std::initializer_list<Field> fields) : m_fields(fields) {}

    void add(QByteArray name, QByteArray value)
    {
        m_fields.append({std::move(name), std::move(value)});
    }
    /// Replaces every field of that name by one.
    void set(const QByteArray& name, QByteArray value);

    /// The first value, null if there is none.
    QByteArray value(QByteArrayView name) const;
    QList<QByteArray> values(QByteArrayView name) const;
    bool contains(QByteArrayView name) const { return count(name) > 0; }
    qsizetype count(QByteArrayView name) const;

    const QList<Field>& fields() const { return m_fields; }

private:
    QList<Field> m_fields;
};

/// What a client asks for, before its body.
struct RequestHead {
    QByteArray peer;   ///< the client's address, numeric
    QByteArray method; ///< "GET"
    QByteArray path;   ///< as it came, percent-encoded; starts with "/"
    QByteArray query;  ///< as it came, without the "?"
    Headers headers;
    bool isSecure = false; ///< came by https
    bool isHttp10 = false;

    /// Bytes of the body that the client announces; nullopt for a chunked one, 0 for none.
    std::optional<qint64> contentLength = 0;

    /// A query parameter, fully decoded; empty if it is not there.
    QString parameter(const QString& name) const;
    bool hasBody() const { return contentLength != 0; }
    /// What the client calls this server, by its Host, which was checked: "http://127.0.0.1:40123".
    QByteArray origin() const;
};

/// Takes "path?query" apart.
RequestHead requestHead(QByteArray method, QByteArrayView target, Headers headers = {});

/// A file opened for reading. It can be sent even when it is deleted meanwhile.
class OpenFile
{
public:
    /// Null if \a path is no readable regular file. Blocks on the file system.
    static std::shared_ptr<const OpenFile> open(const QString& path);
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    int descriptor() const { return m_descriptor; }
    qint64 size() const { return m_size; }

private:
    OpenFile(int descriptor, qint64 size) : m_descriptor(descriptor), m_size(size) {}

    const int m_descriptor;
    const qint64 m_size;
};

/// A part of a file that is the body of an answer.
struct FileRange {
    std::shared_ptr<const OpenFile> file;
    qint64 offset = 0;
    qint64 length = 0;
};

struct Response {
    int status = 200;
    Headers headers;
    QByteArray body;
    std::optional<FileRange> file; ///< instead of body
    /// Held back for this long before it is sent; nobody else waits.
    std::chrono::milliseconds delay{0};
    /// Ends the connection after so many bytes of the body; 0: before the head. For tests of
    /// clients.
    std::optional<qint64> dropAfter;

    qint64 contentLength() const { return file ? file->length : body.size(); }
};

/// "Not Found"; "Status" for a code without a phrase.
QByteArrayView reasonPhrase(int status);

} // namespace vitrine::backend::http
