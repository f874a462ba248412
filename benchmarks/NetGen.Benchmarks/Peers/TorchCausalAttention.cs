using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NetGen.Benchmarks;

/// <summary>One product for queries, keys and values, torch's fused attention, and the product behind it.</summary>
internal sealed class TorchCausalAttention(TorchDense projection, TorchDense output, int heads) : TorchLayer
{
    public override IEnumerable<Parameter> Parameters => [.. projection.Parameters, .. output.Parameters];

    public override Tensor Forward(ReadOnlySpan<Tensor> x)
    {
        using var scope = NewDisposeScope();
        long batch = x[0].shape[0], steps = x[0].shape[1];
        var parts = projection.Forward(x).view(batch, steps, 3, heads, -1).permute(2, 0, 3, 1, 4).unbind(0);
        var attended = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: true);
        return output.Forward([attended.transpose(1, 2).reshape(batch, steps, -1)]).MoveToOuterDisposeScope();
    }
}
