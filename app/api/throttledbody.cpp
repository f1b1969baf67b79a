// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/throttledbody.h"

namespace vitrine::api {

ThrottledBody::ThrottledBody(std::shared_ptr<QIODevice> body, std::shared_ptr<Throttle> throttle,
                             Rewinds rewinds)
    : m_body(std::move(body)), m_throttle(std::move(throttle)), m_rewinds(rewinds)
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &QIODevice::readyRead);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

bool ThrottledBody::seek(qint64 position)
{
    if (m_rewinds == Rewinds::Never && position < pos())
        return false;
    return QIODevice::seek(position);
}

qint64 ThrottledBody::readData(char* data, qint64 maxSize)
{
    if (!m_body->seek(pos()))
        return -1;
    const qint64 wanted = qMin(maxSize, size() - pos());
    const qint64 allowed = wanted > 0 ? m_throttle->take(wanted) : 0;
    if (wanted > 0 && allowed == 0)
        m_wake.start(m_throttle->wait());
    return allowed > 0 || wanted > 0 ? m_body->read(data, allowed) : -1;
}

qint64 ThrottledBody::writeData(const char*, qint64)
{
    return -1;
}

} // namespace vitrine::api
