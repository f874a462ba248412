using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetGen.Benchmarks;

/// <summary>A normalization with the batch's statistics, which moves its averages.</summary>
internal sealed class TorchBatchNorm : IDisposable
{
    private readonly Parameter gamma, beta;
    private readonly Tensor mean, variance;
    private readonly double epsilon, momentum;

    public TorchBatchNorm(BatchNormalization layer, WeightSet weights)
    {
        var values = layer.Of(weights);
        gamma = Parameter(tensor(values.Gamma.Values));
        beta = Parameter(tensor(values.Beta.Values));
        mean = tensor(values.Mean.Values);
        variance = tensor(values.Variance.Values);
        epsilon = layer.Epsilon;
        // Keras's momentum is what stays, Torch's what comes.
        momentum = 1 - layer.Momentum;
    }

    public IEnumerable<Parameter> Parameters => [gamma, beta];

    public Tensor Apply(Tensor x) => functional.batch_norm(x, mean, variance, gamma, beta, training: true, momentum, epsilon);

    public void Dispose()
    {
        gamma.Dispose();
        beta.Dispose();
        mean.Dispose();
        variance.Dispose();
    }
}
