// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/uploadform.h"
#include "app/base/sha256.h"

namespace vitrine::backend {

/// Whether a form is what its client announced, by SHA-256. RFC 9530 digests the content, which is
/// the whole form; clients that prepared the file before they made the form know the file's digest.
/// Either one proves that nothing was torn. The file's is known anyway, so the whole form is hashed
/// only where the file is not what was announced, and that reads it from the disk once more.
class FormDigest final : public http::PartSink
{
public:
    /// \a announced: raw; empty if nothing was. \a form, to which all is passed on, must outlive
    /// it.
    FormDigest(QByteArray announced, UploadForm& form);

    // Errors: those of the form; Storage (the file cannot be read once more).
    Result<void> beginPart(const http::PartHead& head) override;
    Result<void> partData(QByteArrayView data) override;
    Result<void> endPart() override;
    void frame(QByteArrayView bytes) override;

    /// Ask once, when the form is complete.
    bool isRight();

private:
    Result<void> compareFile();

    const QByteArray m_announced;
    UploadForm& m_form;
    Sha256 m_whole;
    bool m_isInFile = false;
    bool m_isSettled; ///< there is nothing more to hash
};

} // namespace vitrine::backend
