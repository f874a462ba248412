using System.ComponentModel;

namespace NetGen;

/// <summary>The compiled training of a network; emitted code derives from it. Each method is run by all parts of a team at once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TrainingProgram
{
    /// <summary>What runs instead while the part that starts frozen is; null where there is none that can be split off.</summary>
    public virtual FrozenProgram? Frozen => null;

    /// <summary>Inference with the penalties on activities as a further output, for the loss of an evaluation; null where there are none.</summary>
    public virtual InferenceProgram? Evaluation => null;

    /// <summary>Which output is what each sample adds to the loss beside the outputs' losses: the penalties on activities; -1 where there are none.</summary>
    public virtual int PenaltySlot => -1;

    /// <summary>Floats of what <see cref="Prepare"/> makes.</summary>
    public abstract nint PreparedLength { get; }

    /// <summary>Multiply-adds of one sample's forward half: whether threads are worth it.</summary>
    public abstract long WorkPerSample { get; }

    /// <summary>Floats of scratch memory and kept activations for the frame's sizes.</summary>
    public abstract nint ArenaLength(in Frame frame);

    /// <summary>Floats of all states of one sample: what is taken over from one call to the next.</summary>
    public virtual int StateFloats => 0;

    /// <summary>Floats of each state of one sample.</summary>
    public virtual ReadOnlySpan<int> StateSizes => [];

    /// <summary>Where each state begins, in floats of one sample.</summary>
    public virtual ReadOnlySpan<int> StateOffsets => [];

    /// <summary>Floats of an output for the frame's sizes.</summary>
    public abstract nint OutputLength(int output, in Frame frame);

    /// <summary>Makes from the weights what depends on nothing else; once a step.</summary>
    public abstract void Prepare(in Frame frame);

    /// <summary>From the inputs to the outputs, keeping what the backward half needs.</summary>
    public abstract void Forward(in Frame frame);

    /// <summary>From the gradients of the outputs to those of the weights; new states (moving averages) are written to the weights.</summary>
    public abstract void Backward(in Frame frame);
}
