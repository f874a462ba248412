using System.ComponentModel;

namespace NetGen;

/// <content>Streams.</content>
public abstract partial class Network
{
    private StreamPrograms? streamPrograms;

    /// <summary>The programs behind streams; null where the network cannot run step by step.</summary>
    internal StreamPrograms? StreamPrograms
    {
        get
        {
            if (this.streamPrograms is null && this.CreateStreamProgram() is { } step)
            {
                Interlocked.CompareExchange(ref this.streamPrograms, new StreamPrograms(step), null);
            }

            return this.streamPrograms;
        }
    }

    /// <summary>A stream, as the generated <c>CreateStream</c> makes it.</summary>
    /// <param name="samples">How many sequences go side by side.</param>
    /// <param name="call">The other inputs, for networks that have some; empty otherwise.</param>
    /// <param name="rows">How many rows of the stream each of them has.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected InferenceStream OpenStream(int samples, scoped in PredictCall call = default, int rows = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        InferenceStream stream = new(this, this.StreamPrograms!, samples * rows);
        stream.Start(in call, rows);
        return stream;
    }

    private protected abstract StreamProgram? CreateStreamProgram();
}
