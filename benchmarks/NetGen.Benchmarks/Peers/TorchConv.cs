using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetGen.Benchmarks;

/// <summary>A convolution on (n, c, h, w).</summary>
internal sealed class TorchConv : TorchLayer
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly TorchBatchNorm? norm;
    private readonly Nonlinearity nonlinearity;
    private readonly long[] strides, padding;
    private readonly TorchPadding? uneven;
    private readonly long groups;

    public TorchConv(Weight filter, Weight? bias, ConvGeometry geometry, TorchBatchNorm? norm, Nonlinearity nonlinearity, TorchOptions options)
    {
        using var plain = tensor(filter.Values, [.. filter.Shape.Select(d => (long)d)]);
        // Those of a depthwise filter are told by the map alone; it has one channel.
        weight = Parameter(options.ChannelsLast && geometry.Groups == 1 ? TorchNetwork.ChannelsLast(plain) : plain.clone());
        this.bias = bias is null ? null : Parameter(tensor(bias.Values));
        this.norm = norm;
        this.nonlinearity = nonlinearity;
        strides = [geometry.Strides, geometry.Strides];
        groups = geometry.Groups;
        var (before, behind) = geometry.Padding;
        uneven = before == behind ? null : new TorchPadding(before, behind, options);
        padding = before == behind ? [before, before] : [0, 0];
    }

    public override IEnumerable<Parameter> Parameters => [weight, .. bias is null ? [] : new[] { bias }, .. norm?.Parameters ?? []];

    public override Tensor Forward(ReadOnlySpan<Tensor> x)
    {
        if (uneven is null) return Convolve(x[0]);
        using var padded = uneven.Apply(x[0]);
        return Convolve(padded);
    }

    public override void Dispose()
    {
        norm?.Dispose();
        uneven?.Dispose();
        weight.Dispose();
        bias?.Dispose();
    }

    private Tensor Convolve(Tensor x)
    {
        var y = functional.conv2d(x, weight, bias, strides, padding, groups: groups);
        if (norm is not null)
        {
            using (y) return InPlace(nonlinearity, norm.Apply(y));
        }
        return InPlace(nonlinearity, y);
    }
}
