using System.Buffers;

namespace NetGen;

/// <summary>
/// The negative logarithm of the probability that a sequence of logits writes the labels in any alignment, with class 0 as the blank (Graves and
/// others 2006, "Connectionist Temporal Classification").
/// </summary>
/// <remarks>
/// As in Keras, the labels of a sample are as many of its first targets as are not 0. A step that the mask leaves out is no part of the sequence.
/// With y the softmax of the logits and r(k) the probability, given the labels, that the alignment has class k at a step, the gradient is <c>y - r</c>.
/// Sums are of logarithms, in double.
/// </remarks>
internal sealed class CtcLoss(LossReduction reduction, string name) : Loss(name, reduction)
{
    internal override LossInput View(in LossInput input)
    {
        if (input.PredictionShape.Length != 2)
        {
            throw new ArgumentException(
                $"{Name} takes predictions of (time, classes) per sample, as logits; they are {LossInput.Text(input.PredictionShape)}.");
        }

        if (input.TargetShape.Length != 1)
            throw new ArgumentException($"{Name} takes targets of (labels) per sample, padded with 0; they are {LossInput.Text(input.TargetShape)}.");
        return input.WithWholeSamples();
    }

    internal override ReadOnlySpan<int> RowShape(in LossInput input) => [];

    protected internal override bool IgnoresRow(in LossInput input, int row)
    {
        int time = input.PredictionShape[0];
        return !input.StepMask.IsEmpty && !input.StepMask.Slice(row * time, time).Contains(true);
    }

    protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient)
    {
        double sum = 0;
        for (int sample = first; sample < first + count; sample++) sum += Sample(input, sample, scale, gradient);
        return sum;
    }

    private double Sample(in LossInput input, int sample, float scale, Span<float> gradient)
    {
        int classes = input.PredictionShape[1];
        ReadOnlySpan<float> targets = input.Targets.Slice(sample * input.TargetShape[0], input.TargetShape[0]);
        int labels = Labels(targets, sample, classes, out int repeats);
        int states = (2 * labels) + 1;
        Span<float> own = gradient.IsEmpty ? [] : gradient.Slice(sample * input.Size, input.Size);
        own.Clear();

        // The steps that are part of the sequence, with the logarithm of the sum of the exponentials of each.
        int time = input.PredictionShape[0];
        double[] block = ArrayPool<double>.Shared.Rent((time * (states + 2)) + (2 * states) + classes);
        try
        {
            Span<double> forward = block.AsSpan(0, time * states);
            Span<double> norms = block.AsSpan(time * states, time);
            Span<double> places = block.AsSpan(time * (states + 1), time);
            Span<double> backward = block.AsSpan(time * (states + 2), 2 * states);
            Span<double> shares = block.AsSpan((time * (states + 2)) + (2 * states), classes);
            int steps = 0;
            for (int step = 0; step < time; step++)
            {
                if (!input.StepMask.IsEmpty && !input.StepMask[(sample * time) + step]) continue;
                double total = RowMath.SumExp(Logits(input, sample, step), out float max);
                norms[steps] = max + Math.Log(total);
                places[steps++] = step;
            }

            if (steps < labels + repeats)
            {
                throw new ArgumentException(
                    $"{Name}: sample {sample} has {labels} labels, which need {labels + repeats} steps with a blank between equal ones; it has {steps}.");
            }

            double logProbability = Forward(input, sample, targets, states, steps, norms, places, forward);
            if (!own.IsEmpty) Backward(input, sample, targets, states, steps, norms, places, forward, backward, shares, logProbability, scale, own);
            return -logProbability;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(block);
        }
    }

    private static ReadOnlySpan<float> Logits(in LossInput input, int sample, int step)
    {
        int classes = input.PredictionShape[1];
        return input.Predictions.Slice((sample * input.Size) + (step * classes), classes);
    }

    private int Labels(ReadOnlySpan<float> targets, int sample, int classes, out int repeats)
    {
        int count = 0;
        foreach (float target in targets)
        {
            if (!(target >= 0 && target < classes && target == (int)target))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{Name}: sample {sample} has the label {target}; expected a whole number from 1 to {classes - 1}, or 0 behind the last label."));
            }

            if (target != 0) count++;
        }

        repeats = 0;
        for (int i = 1; i < count; i++) repeats += targets[i] == targets[i - 1] ? 1 : 0;
        return count;
    }

    /// <summary>The class of a state: blanks stand before, between and behind the labels.</summary>
    private static int ClassOf(ReadOnlySpan<float> targets, int state) => (state & 1) == 0 ? 0 : (int)targets[state >> 1];

    /// <summary>Whether a label may follow the one before it without a blank.</summary>
    private static bool Skips(ReadOnlySpan<float> targets, int state) =>
        (state & 1) == 1 && state > 1 && targets[state >> 1] != targets[(state >> 1) - 1];

    /// <summary>The logarithms of the probabilities of all beginnings of alignments, by step and state; returns that of the labels.</summary>
    private static double Forward(
        in LossInput input, int sample, ReadOnlySpan<float> targets, int states, int steps, ReadOnlySpan<double> norms, ReadOnlySpan<double> places, Span<double> forward)
    {
        for (int step = 0; step < steps; step++)
        {
            ReadOnlySpan<float> x = Logits(input, sample, (int)places[step]);
            Span<double> now = forward.Slice(step * states, states);
            for (int state = 0; state < states; state++)
            {
                double sum = step == 0 && state < 2 ? 0 : double.NegativeInfinity;
                if (step > 0)
                {
                    ReadOnlySpan<double> before = forward.Slice((step - 1) * states, states);
                    sum = before[state];
                    if (state > 0) sum = RowMath.LogAdd(sum, before[state - 1]);
                    if (Skips(targets, state)) sum = RowMath.LogAdd(sum, before[state - 2]);
                }

                now[state] = sum + x[ClassOf(targets, state)] - norms[step];
            }
        }

        ReadOnlySpan<double> last = forward.Slice((steps - 1) * states, states);
        double all = states == 1 ? last[0] : RowMath.LogAdd(last[^1], last[^2]);

        // Steps of NaN are in every alignment, but a class of probability 0 may lie between.
        foreach (double norm in norms[..steps]) all = double.IsNaN(norm) ? norm : all;
        return all;
    }

    private static void Backward(
        in LossInput input,
        int sample,
        ReadOnlySpan<float> targets,
        int states,
        int steps,
        ReadOnlySpan<double> norms,
        ReadOnlySpan<double> places,
        ReadOnlySpan<double> forward,
        Span<double> backward,
        Span<double> shares,
        double logProbability,
        float scale,
        Span<float> gradient)
    {
        Span<double> now = backward[..states];
        Span<double> next = backward[states..];
        for (int step = steps - 1; step >= 0; step--)
        {
            ReadOnlySpan<float> x = Logits(input, sample, (int)places[step]);
            shares.Clear();
            for (int state = 0; state < states; state++)
            {
                // What comes behind a step is that of the next one with the classes there, which "next" already has.
                double sum = step == steps - 1 && state >= states - 2 ? 0 : double.NegativeInfinity;
                if (step < steps - 1)
                {
                    sum = next[state];
                    if (state + 1 < states) sum = RowMath.LogAdd(sum, next[state + 1]);
                    if (state + 2 < states && Skips(targets, state + 2)) sum = RowMath.LogAdd(sum, next[state + 2]);
                }

                int label = ClassOf(targets, state);
                shares[label] += Math.Exp(forward[(step * states) + state] + sum - logProbability);
                now[state] = sum + x[label] - norms[step];
            }

            Span<float> g = gradient.Slice((int)places[step] * x.Length, x.Length);
            float norm = (float)norms[step];
            RowMath.ScaledExp(x, norm, (float)(scale * Math.Exp(norm - norms[step])), g);
            for (int i = 0; i < g.Length; i++) g[i] -= (float)(scale * shares[i]);
            Span<double> swap = now;
            now = next;
            next = swap;
        }
    }
}
