using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>The last output of a recurrent layer over (time, batch, features).</summary>
internal sealed class TorchRecurrent(TorchCell cell, bool isStream) : TorchLayer
{
    private Tensor? h, c;

    public override IEnumerable<Parameter> Parameters => cell.Parameters;

    public override Tensor Forward(ReadOnlySpan<Tensor> x)
    {
        var (y, nextH, nextC) = cell.Run(x[0], h, c);
        y.Dispose();
        if (isStream)
        {
            h?.Dispose();
            c?.Dispose();
            (h, c) = (nextH, nextC);
            return h.squeeze(0);
        }
        nextC?.Dispose();
        // One layer: (1, batch, units).
        using (nextH) return nextH.squeeze(0);
    }

    public override void Dispose()
    {
        h?.Dispose();
        c?.Dispose();
        cell.Dispose();
    }
}
