using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetGen.Benchmarks;

/// <summary>A convolution on (n, c, h, w); the filter's strides are those of channels last, which libtorch then chooses for the map too.</summary>
internal sealed class TorchConv : TorchLayer
{
    private readonly Parameter weight, bias;
    private readonly Nonlinearity nonlinearity;

    public TorchConv(Weight filter, Weight bias, Nonlinearity nonlinearity)
    {
        using var plain = tensor(filter.Values, [.. filter.Shape.Select(d => (long)d)]);
        using var last = plain.permute(0, 2, 3, 1).contiguous();
        weight = Parameter(last.permute(0, 3, 1, 2).clone());
        this.bias = Parameter(tensor(bias.Values));
        this.nonlinearity = nonlinearity;
    }

    public override IEnumerable<Parameter> Parameters => [weight, bias];

    public override Tensor Forward(Tensor x, bool logits)
    {
        var y = functional.conv2d(x, weight, bias);
        if (nonlinearity == Nonlinearity.ReLU) y.relu_();
        return y;
    }
}
