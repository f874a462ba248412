using System.Globalization;

namespace NetGen;

/// <summary>
/// Looks before the first step for a label that a loss has no class for, where targets lie in memory and all of them count: it would be told in the midst of training, or behind an epoch where it is one of
/// the validation.
/// </summary>
internal static class LabelData
{
    /// <summary>Looks through the targets of a data set.</summary>
    /// <param name="data">The data set; another one than a <see cref="Dataset"/> is not read for it.</param>
    /// <param name="binding">Which of its targets is whose.</param>
    /// <param name="heads">The outputs, whose times are known.</param>
    /// <param name="of">What the data set is for, for messages.</param>
    /// <exception cref="ArgumentException">A label is no class; the message names the output and the sample.</exception>
    public static void Check(IDataSource data, DataBinding binding, OutputHead[] heads, string of)
    {
        if (data is not Dataset { HasSampleWeights: false } samples) return;
        for (int i = 0; i < heads.Length; i++)
        {
            OutputHead head = heads[i];
            if (head.Loss is not { TakesClassIndices: true } loss || head.Info.IsMasked || binding.TargetOf(i) is not (>= 0 and int target) || !samples.RepeatsTarget(target)) continue;
            int classes = loss.ClassesOf(head.Shape);
            TensorInfo info = samples.Targets[target];
            float[] values = new float[info.Size];
            for (int sample = 0; sample < samples.Count; sample++)
            {
                Span<float> own = info.IsSequence ? values.AsSpan(0, samples.TargetLength(sample, target) * info.StepSize) : values;
                samples.ReadTarget(sample, own, target);
                if (FirstWrong(own, classes, loss.IgnoredClass) is not (>= 0 and int wrong)) continue;
                string element = own.Length > 1 ? $", element {wrong}" : "";
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Output '{head.Info.Name}': {loss.Name}: the target of sample {sample} of the {of} data{element} is {own[wrong]}; expected a whole number from 0 to {classes - 1}, as the predictions have {classes} classes."));
            }
        }
    }

    private static int FirstWrong(ReadOnlySpan<float> labels, int classes, int? ignored)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            float label = labels[i];
            if (!(label >= 0 && label < classes && label == MathF.Floor(label)) && label != ignored) return i;
        }

        return -1;
    }
}
