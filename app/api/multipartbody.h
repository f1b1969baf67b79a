// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QIODevice>
#include <QString>

namespace vitrine::api {

/// A form with some text fields and one file (RFC 7578), read from the disk as it is sent: its size
/// is known before, its content never is in memory as a whole. Field and file names are made safe.
class MultipartBody final : public QIODevice
{
    Q_OBJECT

public:
    MultipartBody();

    /// Before openFile().
    void addField(const QByteArray& name, const QString& value);
    /// Opens \a path and the device itself for reading. False if it is not a readable, regular
    /// file.
    bool openFile(const QByteArray& field, const QString& path, const QString& name,
                  const QString& type);

    /// The fields alone, as a whole form.
    QByteArray withoutFile() const;

    /// With nothing after the boundary: some servers read it to the end of the line.
    QByteArray contentType() const;

    bool isSequential() const override { return false; }
    qint64 size() const override;

    /// The file gave fewer bytes than it had when it was opened, or could not be read.
    bool isTorn() const { return m_isTorn; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    qint64 readPiece(qint64 at, char* data, qint64 maxSize);
    static qint64 readFrom(const QByteArray& part, qint64 at, char* data, qint64 maxSize);

    const QByteArray m_boundary;
    QByteArray m_head;
    QByteArray m_tail;
    QFile m_file;
    qint64 m_fileSize = 0;
    bool m_isTorn = false;
};

/// \a name as it may stand in filename="…": percent-encoded quotes and line breaks, no directory,
/// and nothing that is invisible or turns the direction of the text. Never empty.
QByteArray safeFileName(const QString& name);

} // namespace vitrine::api
