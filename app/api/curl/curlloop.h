// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>

#include <curl/curl.h>

#include <functional>
#include <memory>

namespace vitrine::api {

/// Runs transfers of libcurl in this thread's event loop, and keeps their connections for those
/// that follow. https://curl.se/libcurl/c/libcurl-multi.html, "multi_socket".
class CurlLoop final : public QObject
{
    Q_OBJECT

public:
    using Ended = std::function<void(CURLcode)>;

    CurlLoop();
    ~CurlLoop() override; ///< after the last transfer was removed

    /// Begins \a transfer, soon. \a ended is called once, and with it the transfer is removed; it
    /// must not call back into this loop.
    void add(CURL* transfer, Ended ended);
    /// Not from one of its own callbacks. Nothing happens if it is not here.
    void remove(CURL* transfer);

private:
    struct Cleanup {
        void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
    };

    static int watch(CURL* transfer, curl_socket_t socket, int what, void* loop, void* watched);
    static int setTimer(CURLM* multi, long milliseconds, void* loop);
    void act(curl_socket_t socket);

    QTimer m_timer;
    QHash<CURL*, Ended> m_transfers;
    const std::unique_ptr<CURLM, Cleanup> m_multi;
};

} // namespace vitrine::api
