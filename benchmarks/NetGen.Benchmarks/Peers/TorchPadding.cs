using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>Zeros around a map that differ before and behind it, which libtorch's convolutions do not know of.</summary>
internal sealed class TorchPadding(int before, int behind, TorchOptions options) : IDisposable
{
    private Tensor? framed, inside;

    /// <summary>The padded map, which the caller owns.</summary>
    public Tensor Apply(Tensor x)
    {
        if (!options.ForInference) return nn.functional.pad(x, [before, behind, before, behind]);
        // The zeros stay where they are from call to call, which saves writing the whole map once.
        framed ??= Frame(x);
        inside ??= Inside(framed, x);
        inside.copy_(x);
        return framed.alias();
    }

    public void Dispose()
    {
        inside?.Dispose();
        framed?.Dispose();
    }

    private Tensor Frame(Tensor x)
    {
        var (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2] + before + behind, x.shape[3] + before + behind);
        if (!options.ChannelsLast) return zeros(n, c, h, w);
        using var last = zeros(n, h, w, c);
        return last.permute(0, 3, 1, 2);
    }

    private Tensor Inside(Tensor framed, Tensor x)
    {
        using var rows = framed.narrow(2, before, x.shape[2]);
        return rows.narrow(3, before, x.shape[3]);
    }
}
