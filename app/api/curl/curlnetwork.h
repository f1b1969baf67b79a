// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkAccessManager>

#include <memory>

namespace vitrine::api {

class CurlLoop;

/// Sends bodies by libcurl, and does everything else as Qt. Qt hands a body from thread to thread
/// in pieces of 16 KB, which for a photograph takes more than twice the processor time.
/// A body is read on this thread, in pieces of 64 KB, and goes out over HTTP/1.1. Redirects are not
/// followed, and there are no cookies and no cache.
class CurlNetwork final : public QNetworkAccessManager
{
    Q_OBJECT

public:
    explicit CurlNetwork(QObject* parent = nullptr);
    ~CurlNetwork() override;

protected:
    QNetworkReply* createRequest(Operation operation, const QNetworkRequest& request,
                                 QIODevice* body) override;

private:
    const std::shared_ptr<CurlLoop> m_loop;
};

} // namespace vitrine::api
