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
    /// <param name="maxLength">How many steps there is room for, where steps are kept.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected InferenceStream OpenStream(int samples, scoped in PredictCall call = default, int rows = 1, int maxLength = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        StreamProgram step = this.StreamPrograms!.Step;
        int calls = (int)Math.Min(int.MaxValue, ((long)maxLength + step.Steps - 1) / step.Steps);
        if (calls > step.MostCalls && maxLength < int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(maxLength), maxLength, $"{this.Definition.Name} has positions for {step.MostCalls * step.Steps} steps.");
        }

        InferenceStream stream = new(this, this.StreamPrograms, samples * rows, Math.Min(calls, step.MostCalls));
        stream.Start(in call, rows);
        return stream;
    }

    private protected abstract StreamProgram? CreateStreamProgram();
}
