// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/throttle.h"

#include <QIODevice>
#include <QTimer>

#include <memory>

namespace vitrine::api {

/// A request's body, given out no faster than its throttle allows: while that has nothing, reading
/// gives nothing, and readyRead() tells when to go on. Lives on the client's thread.
class ThrottledBody final : public QIODevice
{
    Q_OBJECT

public:
    /// Whether it may be read from its start once more: Qt and libcurl do so after a lost
    /// connection, to send a request again unasked.
    enum class Rewinds { Yes, Never };

    /// \a body: open for reading, of random access; nobody else reads from it.
    ThrottledBody(std::shared_ptr<QIODevice> body, std::shared_ptr<Throttle> throttle,
                  Rewinds rewinds = Rewinds::Yes);

    bool seek(qint64 position) override;
    bool isSequential() const override { return false; }
    qint64 size() const override { return m_body->size(); }

protected:
    qint64 readData(char* data, qint64 maxSize) override;
    qint64 writeData(const char* data, qint64 size) override;

private:
    const std::shared_ptr<QIODevice> m_body;
    const std::shared_ptr<Throttle> m_throttle;
    const Rewinds m_rewinds;
    QTimer m_wake;
};

} // namespace vitrine::api
