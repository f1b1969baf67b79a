// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <QLatin1StringView>

/// The names that client and server must agree on: paths, form fields, headers, variants.
namespace vitrine::protocol {

namespace path {
using namespace Qt::StringLiterals;
inline constexpr auto kSetup = "/api/setup"_L1;
inline constexpr auto kCapabilities = "/api/capabilities"_L1;
inline constexpr auto kImages = "/api/images"_L1;
inline constexpr auto kDownload = "/api/download"_L1;
inline constexpr auto kAdmin = "/api/admin/"_L1;      ///< everything below is behind Access
inline constexpr auto kAdminAlias = "/admin/api/"_L1; ///< the same, as the reference has it
inline constexpr auto kAdminUpload = "/api/admin/upload"_L1;
inline constexpr auto kReferenceUpload = "/admin/api/upload"_L1;
inline constexpr auto kAdminUploads = "/api/admin/uploads/"_L1; ///< + idempotency key
inline constexpr auto kAdminImages = "/api/admin/images"_L1;    ///< + "/" + id for one
inline constexpr auto kAdminDelete = "/api/admin/delete"_L1;
inline constexpr auto kAdminOriginal = "/api/admin/original"_L1;
inline constexpr auto kAdminMetrics = "/api/admin/metrics"_L1;
inline constexpr auto kDelivery = "/imagedelivery/"_L1;
inline constexpr auto kAccessCerts = "/cdn-cgi/access/certs"_L1;
} // namespace path

namespace field {
inline constexpr char kFile[] = "file";
inline constexpr char kAlt[] = "alt";
inline constexpr char kIsPrivate[] = "isPrivate";
inline constexpr char kOn[] = "on"; ///< the one word that means yes
} // namespace field

namespace header {
inline constexpr char kAccessClientId[] = "CF-Access-Client-Id";
inline constexpr char kAccessClientSecret[] = "CF-Access-Client-Secret";
inline constexpr char kAccessToken[] = "cf-access-token";
inline constexpr char kAccessAssertion[] = "Cf-Access-Jwt-Assertion";
inline constexpr char kAccessCookie[] = "CF_Authorization";
inline constexpr char kIdempotencyKey[] = "Idempotency-Key";
inline constexpr char kContentDigest[] = "Content-Digest";
inline constexpr char kPrefer[] = "Prefer";
inline constexpr char kReturnRepresentation[] = "return=representation";
inline constexpr char kIfMatch[] = "If-Match";
} // namespace header

namespace variant {
using namespace Qt::StringLiterals;
inline constexpr auto kPreview = "preview"_L1;
inline constexpr auto kBlurred = "blurred"_L1;
inline constexpr auto kHighres = "highres"_L1;
} // namespace variant

inline constexpr int kDefaultPageSize = 100;
inline constexpr int kMaxPageSize = 1000;

} // namespace vitrine::protocol
