using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetGen.Benchmarks;

/// <summary>y = f(x·Wᵀ + b): torch keeps W as (units, inputs).</summary>
internal sealed class TorchDense : TorchLayer
{
    private readonly Parameter weight, bias;
    private readonly Nonlinearity nonlinearity;

    public TorchDense(Weight kernel, Weight bias, Nonlinearity nonlinearity)
    {
        using var keras = tensor(kernel.Values, [.. kernel.Shape.Select(d => (long)d)]);
        weight = Parameter(keras.t().contiguous());
        this.bias = Parameter(tensor(bias.Values));
        this.nonlinearity = nonlinearity;
    }

    public override IEnumerable<Parameter> Parameters => [weight, bias];

    /// <summary>The nonlinearities work in place, which saves an allocation; their gradients need only their outputs.</summary>
    public override Tensor Forward(Tensor x, bool logits)
    {
        var y = functional.linear(x, weight, bias);
        switch (nonlinearity)
        {
            case Nonlinearity.ReLU:
                y.relu_();
                break;
            case Nonlinearity.Tanh:
                y.tanh_();
                break;
            case Nonlinearity.Softmax when !logits:
                using (y) return y.softmax(-1);
        }
        return y;
    }
}
