// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/curl/curlloop.h"

#include <QNetworkProxy>
#include <QNetworkReply>

#include <memory>
#include <optional>

namespace vitrine::api {

/// A request with a body, sent by libcurl, and its answer. As Qt's own replies it tells everything
/// from the event loop; unlike with those a status from 400 on is no error().
class CurlReply final : public QNetworkReply
{
    Q_OBJECT

public:
    /// \a body: of known size; to be open until this is gone.
    CurlReply(std::shared_ptr<CurlLoop> loop, const QNetworkRequest& request,
              const QByteArray& verb, QIODevice& body, QObject* parent);
    ~CurlReply() override;

    void setProxy(const QNetworkProxy& proxy);
    void start();

    void abort() override;
    qint64 bytesAvailable() const override;
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char* data, qint64 maxSize) override;

private:
    struct Cleanup {
        void operator()(CURL* transfer) const { curl_easy_cleanup(transfer); }
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };

    static size_t takeBody(char* data, size_t size, size_t count, void* self);
    static int rewindBody(void* self, curl_off_t offset, int origin);
    static size_t noteHeader(char* data, size_t size, size_t count, void* self);
    static size_t noteAnswer(char* data, size_t size, size_t count, void* self);
    static int noteProgress(void* self, curl_off_t, curl_off_t, curl_off_t total, curl_off_t sent);

    template <typename Value>
    void set(CURLoption option, Value value);
    void setCallbacks();
    void setHeaders();
    void setTrust();
    void noteStatus(const QByteArray& line);
    void noteField(const QByteArray& line);
    void resume(int direction);
    void end(CURLcode code);
    void judge(CURLcode code);
    void tellSoon();
    void tell();

    const std::shared_ptr<CurlLoop> m_loop;
    QIODevice& m_body;
    const std::unique_ptr<CURL, Cleanup> m_transfer;
    std::unique_ptr<curl_slist, Cleanup> m_headers;
    int m_paused = CURLPAUSE_CONT; ///< the directions that wait for us
    QByteArray m_answer;           ///< what nobody has read yet
    qint64 m_sent = 0;
    std::optional<CURLcode> m_ended;
    bool m_hasProxy = false;
    bool m_isInHead = false;

    bool m_isTelling = false; ///< soon
    bool m_hasMoreHeaders = false;
    bool m_hasMoreAnswer = false;
    qint64 m_sentTold = 0;
};

} // namespace vitrine::api
