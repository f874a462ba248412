using System.ComponentModel;

namespace NetGen;

/// <summary>The compiled inference of a network; emitted code derives from it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class InferenceProgram
{
    /// <summary>Which output is what each sample adds to the loss beside the outputs' losses; -1 where the program does not tell it.</summary>
    public virtual int PenaltySlot => -1;

    /// <summary>How many samples go through the whole network at a time, so that scratch memory does not depend on the batch.</summary>
    public abstract int Tile { get; }

    /// <summary>Multiply-adds of one sample: whether threads are worth it.</summary>
    public abstract long WorkPerSample { get; }

    /// <summary>Floats of what is kept for a version of the weights: the parameters that are read as they are, then what <see cref="Prepare"/> makes of the others.</summary>
    public abstract nint PreparedLength { get; }

    /// <summary>Floats of scratch memory that <see cref="Prepare"/> needs, as the arena of its frame.</summary>
    public abstract nint ScratchLength { get; }

    /// <summary>Where each parameter lies in what is kept; -1 for those that <see cref="Prepare"/> alone reads.</summary>
    public abstract ReadOnlySpan<int> Places { get; }

    /// <summary>Floats of scratch memory for the frame's sizes.</summary>
    public abstract nint ArenaLength(in Frame frame);

    /// <summary>Floats of all states of one sample: what is taken over from one call to the next.</summary>
    public virtual int StateFloats => 0;

    /// <summary>Floats of each state of one sample.</summary>
    public virtual ReadOnlySpan<int> StateSizes => [];

    /// <summary>Where each state begins, in floats of one sample.</summary>
    public virtual ReadOnlySpan<int> StateOffsets => [];

    /// <summary>Floats of an output for the frame's sizes.</summary>
    public abstract nint OutputLength(int output, in Frame frame);

    /// <summary>
    /// Makes from the weights what depends on nothing else. It takes each parameter that is not kept from the frame by its number, and releases it after the last
    /// reader, so that the parameters need not be there all at once. One part runs it.
    /// </summary>
    public abstract void Prepare(in Frame frame);

    /// <summary>From the inputs to the outputs.</summary>
    public virtual void Run(in Frame frame) => throw new NotSupportedException("The network runs as one method, RunWhole.");

    /// <summary>Whether the net is small enough to run as one method, <see cref="RunWhole"/>, without scratch memory.</summary>
    public virtual bool RunsWhole => false;

    /// <summary>Runs samples one after the other, from what <see cref="Prepare"/> made.</summary>
    public virtual void RunWhole(ref float prepared, ref float input, ref float output, nint samples) => throw new NotSupportedException("The network runs step by step, by Run.");
}
