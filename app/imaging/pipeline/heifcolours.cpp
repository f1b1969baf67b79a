// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/heifcolours.h"

#include <QColorSpace>
#include <QPointF>

#include <memory>

namespace vitrine::imaging {
namespace {

using Nclx = std::unique_ptr<heif_color_profile_nclx, decltype(&heif_nclx_color_profile_free)>;

Nclx codePointsOf(const heif_image_handle* picture)
{
    heif_color_profile_nclx* found = nullptr;
    const heif_error error = heif_image_handle_get_nclx_color_profile(picture, &found);
    return {error.code == heif_error_Ok ? found : nullptr, &heif_nclx_color_profile_free};
}

/// Of the transfers, only the linear one is told from the others: those of television are shown
/// with sRGB's, as browsers do, and the two of high dynamic range need more than a profile.
QColorSpace::TransferFunction transferOf(const heif_color_profile_nclx& codes)
{
    return codes.transfer_characteristics == heif_transfer_characteristic_linear
               ? QColorSpace::TransferFunction::Linear
               : QColorSpace::TransferFunction::SRgb;
}

QColorSpace colourSpaceOf(const heif_color_profile_nclx& codes)
{
    const auto transfer = transferOf(codes);
    switch (codes.color_primaries) {
    case heif_color_primaries_SMPTE_EG_432_1:
        return {QColorSpace::Primaries::DciP3D65, transfer};
    case heif_color_primaries_ITU_R_BT_2020_2_and_2100_0:
        return {QPointF(0.3127, 0.3290), QPointF(0.708, 0.292), QPointF(0.170, 0.797),
                QPointF(0.131, 0.046), transfer};
    default:
        return {QColorSpace::Primaries::SRgb, transfer};
    }
}

QByteArray embedded(const heif_image_handle* picture)
{
    const size_t size = heif_image_handle_get_raw_color_profile_size(picture);
    QByteArray profile(qsizetype(size), Qt::Uninitialized);
    if (heif_image_handle_get_raw_color_profile(picture, profile.data()).code != heif_error_Ok)
        return {};
    return profile;
}

} // namespace

QByteArray heifProfile(const heif_image_handle* picture)
{
    const heif_color_profile_type type = heif_image_handle_get_color_profile_type(picture);
    if (type == heif_color_profile_type_rICC || type == heif_color_profile_type_prof)
        return embedded(picture);
    const Nclx codes = codePointsOf(picture);
    if (!codes)
        return {};
    const QColorSpace colours = colourSpaceOf(*codes);
    return colours == QColorSpace(QColorSpace::SRgb) ? QByteArray() : colours.iccProfile();
}

} // namespace vitrine::imaging
