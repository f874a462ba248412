using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>Integer labels as vectors with a 1 at the label's place: shape (d...) becomes (d..., classes), and (1,) becomes
/// (classes,).</summary>
internal sealed class OneHotColumn : TensorColumn
{
    private readonly TensorColumn labels;
    private readonly int classes;

    internal OneHotColumn(TensorColumn labels, int classes)
        : base(Describe(labels.Info, classes), labels.Count)
    {
        this.labels = labels;
        this.classes = classes;
    }

    internal override int StepsOf(int index) => labels.StepsOf(index);

    internal override void Read(SampleId sample, Span<float> destination)
    {
        destination = destination[..SizeOf(sample.Index)];
        destination.Clear();
        int size = labels.SizeOf(sample.Index);
        // The labels stand at the end of the destination until their own row is written: no row reaches a label that is still to come.
        Span<float> integers = destination[^size..];
        labels.Read(sample, integers);
        for (int i = 0; i < size; i++)
        {
            int label = (int)integers[i];
            if ((uint)label >= (uint)classes)
            {
                throw new InvalidDataException(
                    $"Sample {sample.Index} of '{Info.Name}' has the label {label}; labels from 0 to {classes - 1} are expected.");
            }

            integers[i] = 0;
            destination[(i * classes) + label] = 1;
        }
    }

    private static TensorInfo Describe(TensorInfo labels, int classes)
    {
        int[] shape = [.. labels.Shape, classes];
        return new TensorInfo(labels.Name, !labels.IsSequence && labels.Shape.Length == 1 && labels.Shape[0] == 1 ? shape.AsSpan(1) : shape, isSequence: labels.IsSequence);
    }
}
