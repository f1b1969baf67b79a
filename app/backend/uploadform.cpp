// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/uploadform.h"

#include "app/backend/filename.h"
#include "app/backend/limits.h"
#include "app/protocol/endpoints.h"

namespace vitrine::backend {

using namespace Qt::StringLiterals;
namespace field = protocol::field;

UploadForm::UploadForm(std::unique_ptr<Incoming> incoming, qint64 maxBytes)
    : m_incoming(std::move(incoming)), m_maxBytes(maxBytes)
{}

Result<void> UploadForm::beginPart(const http::PartHead& head)
{
    m_field = head.name;
    m_value.clear();
    const bool isOurs =
        m_field == field::kFile || m_field == field::kAlt || m_field == field::kIsPrivate;
    if (isOurs && m_seen.contains(m_field))
        return failure(ErrorKind::InvalidInput, u"A field of the form is there twice."_s);
    if (isOurs)
        m_seen.insert(m_field);
    if (m_field == field::kFile)
        m_fileName = safeFileName(head.fileName);
    return {};
}

Result<void> UploadForm::partData(QByteArrayView data)
{
    if (m_field == field::kFile) {
        if (m_incoming->size() + data.size() > m_maxBytes)
            return failure(ErrorKind::TooLarge);
        return m_incoming->write(data);
    }
    const qint64 limit = m_field == field::kAlt ? kMaxAltBytes : kMaxFieldBytes;
    const bool isKnown = m_seen.contains(m_field);
    if (isKnown && m_value.size() + data.size() > limit)
        return failure(ErrorKind::InvalidInput, u"A field of the form is too long."_s);
    if (isKnown)
        m_value.append(data);
    return {};
}

Result<void> UploadForm::endPart()
{
    if (m_field == field::kFile)
        m_incoming->finish();
    if (m_field == field::kAlt)
        m_alt = fieldText(m_value);
    if (m_field != field::kIsPrivate)
        return {};
    // A word that might mean yes must not make a private picture public.
    if (m_value != field::kOn)
        return failure(ErrorKind::InvalidInput, u"\"isPrivate\" is \"on\" or not there."_s);
    m_isPrivate = true;
    return {};
}

Result<void> UploadForm::finish() const
{
    if (!m_seen.contains(field::kFile))
        return failure(ErrorKind::InvalidInput, u"The form has no file."_s);
    if (m_incoming->size() == 0)
        return failure(ErrorKind::EmptyFile);
    return {};
}

} // namespace vitrine::backend
