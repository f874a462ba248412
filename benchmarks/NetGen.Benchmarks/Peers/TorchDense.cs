using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetGen.Benchmarks;

/// <summary>y = f(x·Wᵀ + b): torch keeps W as (units, inputs).</summary>
internal sealed class TorchDense : TorchLayer
{
    private readonly Parameter weight, bias;
    private readonly Nonlinearity nonlinearity;

    public TorchDense(Weight kernel, Weight bias, Nonlinearity nonlinearity, TorchOptions options)
    {
        using var keras = tensor(kernel.Values, [.. kernel.Shape.Select(d => (long)d)]);
        weight = Parameter(keras.t().contiguous());
        this.bias = Parameter(tensor(bias.Values));
        this.nonlinearity = nonlinearity == Nonlinearity.Softmax && options.Logits ? Nonlinearity.Linear : nonlinearity;
    }

    public override IEnumerable<Parameter> Parameters => [weight, bias];

    public override Tensor Forward(ReadOnlySpan<Tensor> x)
    {
        var y = functional.linear(x[0], weight, bias);
        if (nonlinearity is not (Nonlinearity.Softmax or Nonlinearity.GELU)) return InPlace(nonlinearity, y);
        using (y) return nonlinearity == Nonlinearity.GELU ? functional.gelu(y) : y.softmax(-1);
    }
}
