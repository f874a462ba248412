using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>Direct loops for ops that are rare or have no tiled kernel, called by emitted code. Every element is computed in one fixed order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Direct
{
    /// <summary>Rows [start, end) of Y = X - max X - log(sum exp(X - max X)).</summary>
    public static void LogSoftmax(ref readonly float x, ref float y, nint size, nint start, nint end)
    {
        for (nint row = start; row < end; row++)
        {
            ReadOnlySpan<float> from = Row(in x, row, size);
            Span<float> to = RowTo(ref y, row, size);
            float max = Max(from);
            float sum = 0;
            for (int i = 0; i < to.Length; i++)
            {
                sum += MathF.Exp(from[i] - max);
            }

            float shift = MathF.Log(sum);
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = from[i] - max - shift;
            }
        }
    }

    /// <summary>Rows [start, end) of Y = max(X - tau, 0), with tau such that a row sums to 1 (Martins and Astudillo 2016, algorithm 1).</summary>
    public static void Sparsemax(ref readonly float x, ref float y, nint size, nint start, nint end)
    {
        for (nint row = start; row < end; row++)
        {
            ReadOnlySpan<float> from = Row(in x, row, size);
            Span<float> to = RowTo(ref y, row, size);

            // The output's own memory serves to sort.
            from.CopyTo(to);
            to.Sort();
            float sum = 0, tau = 0;
            for (int k = 0; k < to.Length; k++)
            {
                float value = to[to.Length - 1 - k];
                sum += value;
                if (1 + ((k + 1) * value) > sum)
                {
                    tau = (sum - 1) / (k + 1);
                }
            }

            for (int i = 0; i < to.Length; i++)
            {
                to[i] = Math.Max(from[i] - tau, 0);
            }
        }
    }

    /// <summary>Rows [start, end) of Y[c] = X[c - before] + ... + X[c + after], of what lies within the row.</summary>
    public static void WindowSum(ref readonly float x, ref float y, nint size, nint before, nint after, nint start, nint end)
    {
        nint width = System.Numerics.Vector<float>.Count;
        for (nint row = start; row < end; row++)
        {
            ref float from = ref Unsafe.Add(ref Unsafe.AsRef(in x), row * size);
            ref float to = ref Unsafe.Add(ref y, row * size);
            nint c = 0;
            while (c < size)
            {
                // Vectors where all windows lie within the row.
                if (c >= before && c + width + after <= size)
                {
                    System.Numerics.Vector<float> sums = System.Numerics.Vector.LoadUnsafe(ref from, (nuint)(c - before));
                    for (nint k = c - before + 1; k <= c + after; k++)
                    {
                        sums += System.Numerics.Vector.LoadUnsafe(ref from, (nuint)k);
                    }

                    System.Numerics.Vector.StoreUnsafe(sums, ref to, (nuint)c);
                    c += width;
                    continue;
                }

                nint first = Math.Max(0, c - before), last = Math.Min(size - 1, c + after);
                float sum = Unsafe.Add(ref from, first);
                for (nint k = first + 1; k <= last; k++)
                {
                    sum += Unsafe.Add(ref from, k);
                }

                Unsafe.Add(ref to, c) = sum;
                c++;
            }
        }
    }

    /// <summary>Samples [start, end) of Y = X convolved with W: X (N,h,w,c), W (kh,kw,c/groups,m), Y (N,oh,ow,m).</summary>
    public static void Conv(
        ref readonly float x, ref readonly float w, ref float y,
        nint height, nint width, nint channels, nint kernelHeight, nint kernelWidth, nint outputs, nint outputHeight, nint outputWidth,
        nint strideY, nint strideX, nint padY, nint padX, nint dilationY, nint dilationX, nint groups, nint start, nint end)
    {
        Geometry g = new(height, width, channels, kernelHeight, kernelWidth, outputs, outputHeight, outputWidth, strideY, strideX, padY, padX, dilationY, dilationX, groups);
        for (nint n = start; n < end; n++)
        {
            Packing.Clear(ref Unsafe.Add(ref y, n * g.OutputSize), g.OutputSize);
            Visitor visit = new(in g, n);
            while (visit.Next())
            {
                for (nint c = 0; c < g.PerGroup; c++)
                {
                    // One product of an input with the outputs of its group, along vectors.
                    float a = Unsafe.Add(ref Unsafe.AsRef(in x), visit.Input + c);
                    MultiplyAdd(ref Unsafe.Add(ref y, visit.Output), ref Unsafe.Add(ref Unsafe.AsRef(in w), visit.Weight + (c * outputs)), a, g.OutputsPerGroup);
                }
            }
        }
    }

    /// <summary>Samples [start, end) of dX from dY and W.</summary>
    public static void ConvInputGradient(
        ref readonly float dy, ref readonly float w, ref float dx,
        nint height, nint width, nint channels, nint kernelHeight, nint kernelWidth, nint outputs, nint outputHeight, nint outputWidth,
        nint strideY, nint strideX, nint padY, nint padX, nint dilationY, nint dilationX, nint groups, nint start, nint end)
    {
        Geometry g = new(height, width, channels, kernelHeight, kernelWidth, outputs, outputHeight, outputWidth, strideY, strideX, padY, padX, dilationY, dilationX, groups);
        for (nint n = start; n < end; n++)
        {
            Packing.Clear(ref Unsafe.Add(ref dx, n * g.InputSize), g.InputSize);
            Visitor visit = new(in g, n);
            while (visit.Next())
            {
                ReadOnlySpan<float> gradient = MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in dy), visit.Output), (int)g.OutputsPerGroup);
                for (nint c = 0; c < g.PerGroup; c++)
                {
                    ref float weights = ref Unsafe.Add(ref Unsafe.AsRef(in w), visit.Weight + (c * outputs));
                    float sum = 0;
                    for (int m = 0; m < gradient.Length; m++)
                    {
                        sum += gradient[m] * Unsafe.Add(ref weights, m);
                    }

                    Unsafe.Add(ref dx, visit.Input + c) += sum;
                }
            }
        }
    }

    /// <summary>dW from X and dY, over all samples in their order.</summary>
    public static void ConvFilterGradient(
        ref readonly float x, ref readonly float dy, ref float dw, nint samples,
        nint height, nint width, nint channels, nint kernelHeight, nint kernelWidth, nint outputs, nint outputHeight, nint outputWidth,
        nint strideY, nint strideX, nint padY, nint padX, nint dilationY, nint dilationX, nint groups)
    {
        Geometry g = new(height, width, channels, kernelHeight, kernelWidth, outputs, outputHeight, outputWidth, strideY, strideX, padY, padX, dilationY, dilationX, groups);
        Packing.Clear(ref dw, kernelHeight * kernelWidth * g.PerGroup * outputs);
        for (nint n = 0; n < samples; n++)
        {
            Visitor visit = new(in g, n);
            while (visit.Next())
            {
                for (nint c = 0; c < g.PerGroup; c++)
                {
                    float a = Unsafe.Add(ref Unsafe.AsRef(in x), visit.Input + c);
                    MultiplyAdd(ref Unsafe.Add(ref dw, visit.Weight + (c * outputs)), ref Unsafe.Add(ref Unsafe.AsRef(in dy), visit.Output), a, g.OutputsPerGroup);
                }
            }
        }
    }

    private static ReadOnlySpan<float> Row(ref readonly float x, nint row, nint size) => MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in x), row * size), (int)size);

    private static Span<float> RowTo(ref float y, nint row, nint size) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, row * size), (int)size);

    private static float Max(ReadOnlySpan<float> values)
    {
        float max = float.NegativeInfinity;
        foreach (float value in values)
        {
            max = Math.Max(max, value);
        }

        return max;
    }

    /// <summary>Y += a X.</summary>
    internal static void MultiplyAdd(ref float y, ref float x, float a, nint count)
    {
        Span<float> to = MemoryMarshal.CreateSpan(ref y, (int)count);
        ReadOnlySpan<float> from = MemoryMarshal.CreateReadOnlySpan(in x, (int)count);
        int i = 0;
        for (; i + System.Numerics.Vector<float>.Count <= to.Length; i += System.Numerics.Vector<float>.Count)
        {
            (new System.Numerics.Vector<float>(to[i..]) + (new System.Numerics.Vector<float>(from[i..]) * a)).CopyTo(to[i..]);
        }

        for (; i < to.Length; i++)
        {
            to[i] += from[i] * a;
        }
    }

    /// <summary>The sizes of a convolution.</summary>
    private readonly record struct Geometry(
        nint Height, nint Width, nint Channels, nint KernelHeight, nint KernelWidth, nint Outputs, nint OutputHeight, nint OutputWidth,
        nint StrideY, nint StrideX, nint PadY, nint PadX, nint DilationY, nint DilationX, nint Groups)
    {
        public nint PerGroup => this.Channels / this.Groups;

        public nint OutputsPerGroup => this.Outputs / this.Groups;

        public nint InputSize => this.Height * this.Width * this.Channels;

        public nint OutputSize => this.OutputHeight * this.OutputWidth * this.Outputs;
    }

    /// <summary>Visits, for one sample, every output place, filter tap and group whose input lies inside the map, in one order.</summary>
    private ref struct Visitor(in Geometry geometry, nint sample)
    {
        private readonly ref readonly Geometry g = ref geometry;
        private nint oy;
        private nint ox;
        private nint ky;
        private nint kx;
        private nint group = -1;

        /// <summary>The first of the group's inputs.</summary>
        public nint Input { get; private set; }

        /// <summary>The first of the group's weights at the tap.</summary>
        public nint Weight { get; private set; }

        /// <summary>The first of the group's outputs.</summary>
        public nint Output { get; private set; }

        public bool Next()
        {
            while (this.Advance())
            {
                nint y = (this.oy * this.g.StrideY) - this.g.PadY + (this.ky * this.g.DilationY);
                nint x = (this.ox * this.g.StrideX) - this.g.PadX + (this.kx * this.g.DilationX);
                if (y < 0 || y >= this.g.Height || x < 0 || x >= this.g.Width)
                {
                    continue;
                }

                this.Input = (((((sample * this.g.Height) + y) * this.g.Width) + x) * this.g.Channels) + (this.group * this.g.PerGroup);
                this.Weight = (((this.ky * this.g.KernelWidth) + this.kx) * this.g.PerGroup * this.g.Outputs) + (this.group * this.g.OutputsPerGroup);
                this.Output = (((((sample * this.g.OutputHeight) + this.oy) * this.g.OutputWidth) + this.ox) * this.g.Outputs) + (this.group * this.g.OutputsPerGroup);
                return true;
            }

            return false;
        }

        private bool Advance()
        {
            if (++this.group < this.g.Groups)
            {
                return this.oy < this.g.OutputHeight;
            }

            this.group = 0;
            if (++this.kx < this.g.KernelWidth)
            {
                return true;
            }

            this.kx = 0;
            if (++this.ky < this.g.KernelHeight)
            {
                return true;
            }

            this.ky = 0;
            if (++this.ox < this.g.OutputWidth)
            {
                return true;
            }

            this.ox = 0;
            return ++this.oy < this.g.OutputHeight;
        }
    }
}
