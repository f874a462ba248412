using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>What one step means for one range of the weights; the same for all its elements.</summary>
public readonly struct UpdateContext
{
    internal UpdateContext(double learningRate, double stepFactor, long iteration, double gradientScale, double? clipValue, double decay)
    {
        LearningRate = learningRate;
        StepFactor = stepFactor;
        Iteration = iteration;
        GradientScale = (float)gradientScale;
        GradientLimit = clipValue is { } limit ? (float)limit : float.PositiveInfinity;
        DecayFactor = (float)decay;
    }

    /// <summary>The learning rate of this step, times the variable's own scale.</summary>
    public double LearningRate { get; }

    /// <summary>The optimizer's <see cref="Optimizer.StepFactor"/> for this step.</summary>
    public double StepFactor { get; }

    /// <summary>The number of finished steps, 0 in the first step.</summary>
    public long Iteration { get; }

    /// <summary>What multiplies each gradient first: 1, or less where a norm is clipped.</summary>
    public float GradientScale { get; }

    /// <summary>The largest magnitude of an element of the scaled gradient; infinite where values are not clipped.</summary>
    public float GradientLimit { get; }

    /// <summary>What multiplies each weight before the update: 1 without weight decay, else 1 - WeightDecay * LearningRate.</summary>
    public float DecayFactor { get; }

    /// <summary>The gradients at <paramref name="source"/>, scaled and clipped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal unsafe TLanes LoadGradient<TLanes>(float* source) where TLanes : struct, ILanes<TLanes>
    {
        TLanes gradient = TLanes.Load(source) * TLanes.Broadcast(GradientScale);
        // The same for all elements, hence always predicted; the two comparisons, which keep NaN, would be a fifth of the loop.
        if (GradientLimit < float.PositiveInfinity)
            gradient = TLanes.Max(TLanes.Broadcast(-GradientLimit), TLanes.Min(gradient, TLanes.Broadcast(GradientLimit)));
        return gradient;
    }
}
