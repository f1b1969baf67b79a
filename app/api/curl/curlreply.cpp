// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/curl/curlreply.h"

#include "app/api/curl/curlerrors.h"

#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace vitrine::api {
namespace {

using namespace Qt::StringLiterals;

/// Processes that are started meanwhile would hold a connection open that nobody here has any more.
int closeInChildren(void*, curl_socket_t socket, curlsocktype)
{
    return ::fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 ? CURL_SOCKOPT_OK : CURL_SOCKOPT_ERROR;
}

/// Empty for none.
QByteArray addressOf(const QNetworkProxy& proxy)
{
    QUrl url;
    switch (proxy.type()) {
    case QNetworkProxy::HttpProxy:
    case QNetworkProxy::HttpCachingProxy:
        url.setScheme(u"http"_s);
        break;
    case QNetworkProxy::Socks5Proxy:
        url.setScheme(u"socks5h"_s); // it looks names up, as with Qt
        break;
    default:
        return {};
    }
    url.setHost(proxy.hostName());
    url.setPort(proxy.port());
    return url.toEncoded();
}

} // namespace

CurlReply::CurlReply(std::shared_ptr<CurlLoop> loop, const QNetworkRequest& request,
                     const QByteArray& verb, QIODevice& body, QObject* parent)
    : QNetworkReply(parent), m_loop(std::move(loop)), m_body(body), m_transfer(curl_easy_init())
{
    setRequest(request);
    setUrl(request.url());
    setOperation(QNetworkAccessManager::CustomOperation);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    connect(&m_body, &QIODevice::readyRead, this, [this] { resume(CURLPAUSE_SEND); });

    set(CURLOPT_URL, request.url().toEncoded().constData());
    set(CURLOPT_CUSTOMREQUEST, verb.constData());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, curl_off_t(body.size()));
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L); // or removing it would wait for a name that is being looked up
    // While the other side of HTTP/2 wants no more, curl 7.88 asks it again without a pause
    // (curl issue 10618); and one connection each serves uploads better than one for all.
    set(CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
    setCallbacks();
    setHeaders();
    if (request.url().scheme() == "https"_L1)
        setTrust();
}

CurlReply::~CurlReply()
{
    m_loop->remove(m_transfer.get());
}

template <typename Value>
void CurlReply::set(CURLoption option, Value value)
{
    curl_easy_setopt(m_transfer.get(), option, value);
}

void CurlReply::setCallbacks()
{
    set(CURLOPT_READFUNCTION, &CurlReply::takeBody);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_SEEKFUNCTION, &CurlReply::rewindBody);
    set(CURLOPT_SEEKDATA, this);
    set(CURLOPT_HEADERFUNCTION, &CurlReply::noteHeader);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &CurlReply::noteAnswer);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_XFERINFOFUNCTION, &CurlReply::noteProgress);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_SOCKOPTFUNCTION, &closeInChildren);
}

void CurlReply::setHeaders()
{
    QByteArrayList lines{"Expect:"}; // none: a server that does not know it would be waited for
    const QList<QByteArray> names = request().rawHeaderList();
    for (const QByteArray& name : names) {
        if (name.compare("Content-Length", Qt::CaseInsensitive) != 0)
            lines.append(name + ": " + request().rawHeader(name));
    }
    for (const QByteArray& line : std::as_const(lines))
        m_headers.reset(curl_slist_append(m_headers.release(), line.constData()));
    set(CURLOPT_HTTPHEADER, m_headers.get());
}

/// As Qt: in the system's certificates, each read when it is asked for, and in those that Qt was
/// told besides.
void CurlReply::setTrust()
{
    set(CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    const QList<QSslCertificate> told = request().sslConfiguration().caCertificates();
    const char* directory = nullptr;
    curl_easy_getinfo(m_transfer.get(), CURLINFO_CAPATH, &directory);
    if (told.isEmpty()) {
        if (directory) // or all of them would be read from one file, which takes long
            set(CURLOPT_CAINFO, static_cast<char*>(nullptr));
        return;
    }
    QByteArray pem;
    for (const QSslCertificate& certificate : told)
        pem += certificate.toPem();
    curl_blob blob{pem.data(), size_t(pem.size()), CURL_BLOB_COPY};
    set(CURLOPT_CAINFO_BLOB, &blob);
}

void CurlReply::setProxy(const QNetworkProxy& proxy)
{
    set(CURLOPT_PROXY, addressOf(proxy).constData());
    set(CURLOPT_NOPROXY, "");                  // Qt has looked at what the environment says
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L); // a proxy does not answer in the server's name
    m_hasProxy = !addressOf(proxy).isEmpty();
    if (proxy.user().isEmpty())
        return;
    set(CURLOPT_PROXYUSERNAME, proxy.user().toUtf8().constData());
    set(CURLOPT_PROXYPASSWORD, proxy.password().toUtf8().constData());
}

void CurlReply::start()
{
    m_loop->add(m_transfer.get(), [this](CURLcode code) { end(code); });
}

void CurlReply::abort()
{
    if (isFinished())
        return;
    m_loop->remove(m_transfer.get());
    m_hasMoreHeaders = m_hasMoreAnswer = false;
    m_ended.reset();
    setError(OperationCanceledError, u"Operation canceled"_s);
    setFinished(true);
    const QPointer<CurlReply> here(this);
    Q_EMIT errorOccurred(error());
    if (here)
        Q_EMIT finished();
}

qint64 CurlReply::bytesAvailable() const
{
    return QNetworkReply::bytesAvailable() + m_answer.size();
}

qint64 CurlReply::readData(char* data, qint64 maxSize)
{
    const qint64 count = std::min<qint64>(maxSize, m_answer.size());
    std::memcpy(data, m_answer.constData(), size_t(count));
    m_answer.remove(0, count);
    if (readBufferSize() == 0 || m_answer.size() < readBufferSize())
        resume(CURLPAUSE_RECV);
    return count == 0 && isFinished() ? -1 : count;
}

void CurlReply::resume(int direction)
{
    if ((m_paused & direction) == 0 || m_ended)
        return;
    m_paused &= ~direction;
    curl_easy_pause(m_transfer.get(), m_paused);
}

size_t CurlReply::takeBody(char* data, size_t size, size_t count, void* self)
{
    auto* reply = static_cast<CurlReply*>(self);
    const qint64 taken = reply->m_body.read(data, qint64(size * count));
    if (taken > 0)
        return size_t(taken);
    if (taken < 0)
        return CURL_READFUNC_ABORT; // curl knows how much there is, and does not ask for more
    reply->m_paused |= CURLPAUSE_SEND;
    return CURL_READFUNC_PAUSE;
}

int CurlReply::rewindBody(void* self, curl_off_t offset, int origin)
{
    const bool isDone = origin == SEEK_SET && static_cast<CurlReply*>(self)->m_body.seek(offset);
    return isDone ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
}

size_t CurlReply::noteHeader(char* data, size_t size, size_t count, void* self)
{
    auto* reply = static_cast<CurlReply*>(self);
    const QByteArray line = QByteArray(data, qsizetype(size * count)).trimmed();
    if (line.startsWith("HTTP/"))
        reply->noteStatus(line);
    else if (reply->m_isInHead)
        reply->noteField(line);
    return size * count;
}

/// The first line of an answer, be it of one that only announces another.
void CurlReply::noteStatus(const QByteArray& line)
{
    const QList<RawHeaderPair> earlier = rawHeaderPairs();
    for (const RawHeaderPair& header : earlier)
        setRawHeader(header.first, {});
    const QByteArray afterVersion = line.mid(line.indexOf(' ') + 1);
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, afterVersion.left(3).toInt());
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, afterVersion.mid(4));
    m_isInHead = true;
}

/// What comes after the empty line, behind the body, changes nothing any more.
void CurlReply::noteField(const QByteArray& line)
{
    if (line.isEmpty()) {
        m_isInHead = false;
        m_hasMoreHeaders = true;
        tellSoon();
    } else if (const qsizetype colon = line.indexOf(':'); colon > 0) {
        const QByteArray name = line.left(colon);
        const QByteArray earlier = hasRawHeader(name) ? rawHeader(name) + ", " : QByteArray();
        setRawHeader(name, earlier + line.mid(colon + 1).trimmed());
    }
}

size_t CurlReply::noteAnswer(char* data, size_t size, size_t count, void* self)
{
    auto* reply = static_cast<CurlReply*>(self);
    const qint64 most = reply->readBufferSize();
    if (most > 0 && reply->m_answer.size() >= most) {
        reply->m_paused |= CURLPAUSE_RECV;
        return CURL_WRITEFUNC_PAUSE;
    }
    reply->m_answer.append(data, qsizetype(size * count));
    reply->m_hasMoreAnswer = true;
    reply->tellSoon();
    return size * count;
}

int CurlReply::noteProgress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t sent)
{
    auto* reply = static_cast<CurlReply*>(self);
    if (std::exchange(reply->m_sent, sent) != sent)
        reply->tellSoon();
    return 0;
}

void CurlReply::end(CURLcode code)
{
    m_ended = code;
    tellSoon();
}

void CurlReply::judge(CURLcode code)
{
    long systemError = 0;
    curl_easy_getinfo(m_transfer.get(), CURLINFO_OS_ERRNO, &systemError);
    NetworkError error = networkErrorOf(code, systemError);
    if (error == NoError)
        return;
    if (error == ConnectionRefusedError && m_hasProxy)
        error = ProxyConnectionRefusedError;
    setError(error, QString::fromLatin1(curl_easy_strerror(code)));
    if (code != CURLE_PEER_FAILED_VERIFICATION)
        return;
    long verified = 0;
    curl_easy_getinfo(m_transfer.get(), CURLINFO_SSL_VERIFYRESULT, &verified);
    Q_EMIT sslErrors({tlsErrorOf(verified)});
}

/// Whoever is told something may delete this, and curl must not be called from its own callbacks.
void CurlReply::tellSoon()
{
    if (!std::exchange(m_isTelling, true))
        QMetaObject::invokeMethod(this, &CurlReply::tell, Qt::QueuedConnection);
}

void CurlReply::tell()
{
    m_isTelling = false;
    if (isFinished())
        return;
    const QPointer<CurlReply> here(this);
    if (std::exchange(m_sentTold, m_sent) != m_sent)
        Q_EMIT uploadProgress(m_sent, m_body.size());
    if (here && std::exchange(m_hasMoreHeaders, false))
        Q_EMIT metaDataChanged();
    if (here && std::exchange(m_hasMoreAnswer, false))
        Q_EMIT readyRead();
    if (here && m_ended)
        judge(*m_ended);
    if (!here || !m_ended || isFinished())
        return;
    setFinished(true);
    if (error() != NoError)
        Q_EMIT errorOccurred(error());
    if (here)
        Q_EMIT finished();
}

} // namespace vitrine::api
