// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/tls.h"

#include <QFile>

#include <openssl/ssl.h>

namespace vitrine::backend::http {
namespace {

using namespace Qt::StringLiterals;
namespace ssl = boost::asio::ssl;

tl::unexpected<Error> unusable(const QString& what)
{
    return failure(ErrorKind::InvalidInput, what);
}

// An idle connection keeps no buffers; a client cannot make the server agree on keys for ever.
void harden(SSL_CTX* context)
{
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

} // namespace

Result<std::unique_ptr<ssl::context>> makeTlsContext(const TlsFiles& files)
{
    auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
    harden(context->native_handle());
    boost::system::error_code error;
    // Else OpenSSL asks for the passphrase on the terminal, and waits.
    context->set_password_callback(
        [](std::size_t, ssl::context::password_purpose) { return std::string(); }, error);
    context->use_certificate_chain_file(QFile::encodeName(files.certificate).toStdString(), error);
    if (error)
        return unusable(u"\"%1\" is no readable certificate in PEM form"_s.arg(files.certificate));
    context->use_private_key_file(QFile::encodeName(files.key).toStdString(), ssl::context::pem,
                                  error);
    if (!error && SSL_CTX_check_private_key(context->native_handle()) == 1)
        return context;
    return unusable(u"\"%1\" is no readable key in PEM form without a passphrase, or belongs to "
                    "another certificate"_s.arg(files.key));
}

} // namespace vitrine::backend::http
