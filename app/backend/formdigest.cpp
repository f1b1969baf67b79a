// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/formdigest.h"

#include "app/protocol/endpoints.h"

namespace vitrine::backend {

using namespace Qt::StringLiterals;

FormDigest::FormDigest(QByteArray announced, UploadForm& form)
    : m_announced(std::move(announced)), m_form(form), m_isSettled(m_announced.isEmpty())
{}

Result<void> FormDigest::beginPart(const http::PartHead& head)
{
    m_isInFile = head.name == protocol::field::kFile;
    return m_form.beginPart(head);
}

Result<void> FormDigest::partData(QByteArrayView data)
{
    if (!m_isSettled && !m_isInFile)
        m_whole.add(data);
    return m_form.partData(data);
}

Result<void> FormDigest::endPart()
{
    return m_form.endPart().and_then(
        [&] { return m_isInFile && !m_isSettled ? compareFile() : Result<void>(); });
}

void FormDigest::frame(QByteArrayView bytes)
{
    if (!m_isSettled)
        m_whole.add(bytes);
}

Result<void> FormDigest::compareFile()
{
    m_isSettled = m_form.incoming().digest() == m_announced;
    if (m_isSettled)
        return {};
    QFile file(m_form.incoming().originalPath());
    if (!file.open(QIODevice::ReadOnly) || !m_whole.addRestOf(file))
        return failure(ErrorKind::Storage, u"reading what came"_s);
    return {};
}

bool FormDigest::isRight()
{
    return m_isSettled || m_whole.result() == m_announced;
}

} // namespace vitrine::backend
