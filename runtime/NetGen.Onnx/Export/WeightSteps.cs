namespace NetGen;

/// <summary>A weight on its way from Keras's layout to ONNX's.</summary>
internal sealed class WeightSteps(long[] shape, float[] values)
{
    public long[] Shape { get; private set; } = shape;

    public float[] Values { get; private set; } = values;

    /// <summary><c>reshape sizes...</c>, <c>transpose axes...</c> or <c>take axis : slices...</c>.</summary>
    public void Apply(string step, OnnxLine words)
    {
        switch (step)
        {
            case "reshape":
                this.Shape = [.. words.Integers()];
                break;
            case "transpose":
                this.Transpose([.. words.Integers().Select(i => (int)i)]);
                break;
            case "take":
                int axis = (int)words.Integers()[0];
                words.Word();
                this.Take(axis, [.. words.Integers()]);
                break;
            default:
                throw new InvalidOperationException($"There is no step {step}.");
        }
    }

    private void Transpose(int[] permutation)
    {
        long[] strides = new long[this.Shape.Length];
        long stride = 1;
        for (int i = strides.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= this.Shape[i];
        }

        long[] shape = [.. permutation.Select(p => this.Shape[p])];
        long[] steps = [.. permutation.Select(p => strides[p])];
        float[] moved = new float[this.Values.Length];
        long[] index = new long[shape.Length];
        long from = 0;
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = this.Values[from];
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                from += steps[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                from -= steps[axis] * shape[axis];
                index[axis] = 0;
            }
        }

        (this.Shape, this.Values) = (shape, moved);
    }

    private void Take(int axis, long[] slices)
    {
        int inner = (int)this.Shape.Skip(axis + 1).Aggregate(1L, (a, b) => a * b), size = (int)this.Shape[axis];
        float[] taken = new float[this.Values.Length / size * slices.Length];
        for (int outer = 0; outer < this.Values.Length / (size * inner); outer++)
        {
            for (int i = 0; i < slices.Length; i++)
            {
                this.Values.AsSpan(((outer * size) + (int)slices[i]) * inner, inner).CopyTo(taken.AsSpan(((outer * slices.Length) + i) * inner));
            }
        }

        this.Shape = [.. this.Shape.Take(axis), slices.Length, .. this.Shape.Skip(axis + 1)];
        this.Values = taken;
    }
}
