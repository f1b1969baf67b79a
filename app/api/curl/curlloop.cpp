// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/curl/curlloop.h"

#include <QSocketNotifier>

#include <chrono>
#include <utility>

namespace vitrine::api {
namespace {

// As many as a QNetworkAccessManager opens to one host.
constexpr long kConnectionsAtAHost = 6;

/// Who waits at a connection.
class Watch final : public QObject
{
public:
    Watch(curl_socket_t socket, const std::function<void()>& activated, QObject* parent)
        : QObject(parent)
        , m_readable(socket, QSocketNotifier::Read)
        , m_writable(socket, QSocketNotifier::Write)
    {
        connect(&m_readable, &QSocketNotifier::activated, this, activated);
        connect(&m_writable, &QSocketNotifier::activated, this, activated);
    }

    void waitFor(int what)
    {
        m_readable.setEnabled((what & CURL_POLL_IN) != 0);
        m_writable.setEnabled((what & CURL_POLL_OUT) != 0);
    }

private:
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
};

} // namespace

CurlLoop::CurlLoop() : m_multi(curl_multi_init())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { act(CURL_SOCKET_TIMEOUT); });
    curl_multi_setopt(m_multi.get(), CURLMOPT_SOCKETFUNCTION, &CurlLoop::watch);
    curl_multi_setopt(m_multi.get(), CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi.get(), CURLMOPT_TIMERFUNCTION, &CurlLoop::setTimer);
    curl_multi_setopt(m_multi.get(), CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(m_multi.get(), CURLMOPT_MAX_HOST_CONNECTIONS, kConnectionsAtAHost);
}

CurlLoop::~CurlLoop() = default;

void CurlLoop::add(CURL* transfer, Ended ended)
{
    m_transfers.insert(transfer, std::move(ended));
    curl_multi_add_handle(m_multi.get(), transfer);
}

void CurlLoop::remove(CURL* transfer)
{
    if (m_transfers.remove(transfer))
        curl_multi_remove_handle(m_multi.get(), transfer);
}

int CurlLoop::watch(CURL*, curl_socket_t socket, int what, void* self, void* known)
{
    auto* loop = static_cast<CurlLoop*>(self);
    auto* watch = static_cast<Watch*>(known);
    if (!watch) {
        watch = new Watch(
            socket, [loop, socket] { loop->act(socket); }, loop);
        curl_multi_assign(loop->m_multi.get(), socket, watch);
    }
    watch->waitFor(what);
    if (what == CURL_POLL_REMOVE)
        watch->deleteLater(); // it may be what called us
    return 0;
}

int CurlLoop::setTimer(CURLM*, long milliseconds, void* self)
{
    QTimer& timer = static_cast<CurlLoop*>(self)->m_timer;
    if (milliseconds < 0)
        timer.stop();
    else
        timer.start(std::chrono::milliseconds(milliseconds));
    return 0;
}

// Told what a connection is ready for, curl would do that alone: an answer that came before all was
// sent might never be read. So it looks for itself, and reads first.
void CurlLoop::act(curl_socket_t socket)
{
    int running = 0;
    curl_multi_socket_action(m_multi.get(), socket, 0, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_multi.get(), &left)) {
        CURL* const transfer = message->easy_handle;
        const CURLcode code = message->data.result;
        const Ended ended = m_transfers.value(transfer);
        remove(transfer);
        ended(code);
    }
}

} // namespace vitrine::api
