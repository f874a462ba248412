using System.Globalization;

namespace NetGen;

/// <summary>The weight of each sample of a batch: its own, times that of its class, as in Keras, where a class that is not listed has the weight 1.</summary>
internal sealed class SampleWeighting
{
    private readonly Dictionary<int, float> classWeights;
    private readonly int target;
    private float[] weights = [];
    private int count;

    private SampleWeighting(Dictionary<int, float> classWeights, int target)
    {
        this.classWeights = classWeights;
        this.target = target;
    }

    /// <summary>The weighting for classes, or null where there are no weights.</summary>
    /// <param name="classWeights">A weight per class.</param>
    /// <param name="heads">The outputs; classes are weighted for one only, as in Keras.</param>
    /// <param name="binding">Which target is whose.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, the output has no such class, or there are several outputs.</exception>
    public static SampleWeighting? For(IReadOnlyDictionary<int, double>? classWeights, OutputHead[] heads, DataBinding binding)
    {
        if (classWeights is null) return null;
        if (heads.Length != 1) throw new ArgumentException($"The network has {heads.Length} outputs; class weights are for networks with one.", nameof(classWeights));
        if (binding.TargetInfos[0] is { IsSequence: true })
            throw new ArgumentException($"Class weights need one class a sample; '{heads[0].Info.Name}' has a target for each step.", nameof(classWeights));
        // One output a sample may stand for two classes or for any number; several are the classes.
        int size = binding.TargetInfos[0] is { Size: > 1 } oneHot ? oneHot.Size : heads[0].SampleSize;
        int classes = size > 1 ? size : int.MaxValue;
        foreach ((int label, double weight) in classWeights)
        {
            if (label < 0 || label >= classes)
            {
                string expected = classes < int.MaxValue ? $"labels from 0 to {classes - 1}" : "labels from 0 up";
                throw new ArgumentException($"There is a weight for class {label}; '{heads[0].Info.Name}' has {expected}.", nameof(classWeights));
            }

            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new ArgumentException($"The weight of class {label} is {Arguments.Format(weight)}; a finite number that is not negative is expected.", nameof(classWeights));
        }

        return new SampleWeighting(classWeights.ToDictionary(pair => pair.Key, pair => (float)pair.Value), binding.TargetOf(0));
    }

    /// <summary>The weights of the samples of the batch that was read last.</summary>
    public ReadOnlySpan<float> Weights => weights.AsSpan(0, count);

    /// <summary>Computes the weights of a batch's samples.</summary>
    public void Read(Batch batch)
    {
        count = batch.Count;
        if (weights.Length < batch.Count) weights = new float[batch.Capacity];
        ReadOnlySpan<float> own = batch.SampleWeights;
        ReadOnlySpan<float> targets = batch.Target(target);
        int size = targets.Length / batch.Count;
        for (int i = 0; i < batch.Count; i++)
        {
            float weight = classWeights.GetValueOrDefault(Class(targets.Slice(i * size, size)), 1);
            weights[i] = own.IsEmpty ? weight : weight * own[i];
        }
    }

    /// <summary>The class of a sample: the label itself, or the place of the largest element of a one-hot target.</summary>
    private static int Class(ReadOnlySpan<float> target)
    {
        if (target.Length > 1) return Largest(target);
        int label = (int)MathF.Round(target[0]);
        return label == target[0]
            ? label
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Class weights need class labels as targets; {target[0]} is none."));
    }

    private static int Largest(ReadOnlySpan<float> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest]) largest = i;
        }

        return largest;
    }
}
