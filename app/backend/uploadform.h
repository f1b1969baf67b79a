// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/contentfiles.h"
#include "app/backend/http/multipartparser.h"

#include <QSet>

namespace vitrine::backend {

/// The form of an upload: `file`, `alt`, `isPrivate`; other fields are passed over. The file goes
/// to the disk as it arrives.
class UploadForm final : public http::PartSink
{
public:
    UploadForm(std::unique_ptr<Incoming> incoming, qint64 maxBytes);

    // Errors: InvalidInput (with the sentence for the client), TooLarge, DiskFull, Storage.
    Result<void> beginPart(const http::PartHead& head) override;
    Result<void> partData(QByteArrayView data) override;
    Result<void> endPart() override;

    /// Call once the form is complete. Errors: InvalidInput, EmptyFile.
    Result<void> finish() const;

    Incoming& incoming() { return *m_incoming; }
    const QString& fileName() const { return m_fileName; }
    const QString& alt() const { return m_alt; }
    bool isPrivate() const { return m_isPrivate; }

private:
    const std::unique_ptr<Incoming> m_incoming;
    const qint64 m_maxBytes;
    QSet<QByteArray> m_seen;
    QByteArray m_field; ///< the present part's name
    QByteArray m_value; ///< of the present part, unless it is the file
    QString m_fileName;
    QString m_alt;
    bool m_isPrivate = false;
};

} // namespace vitrine::backend
