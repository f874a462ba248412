namespace NetGen.Generator;

/// <summary>
/// How a filter goes over a tensor: X is (N, spatial..., C), W is (kernel..., C / groups, M), Y is (N, spatial..., M), channels last, one number an axis of space.
/// </summary>
internal sealed record ConvGeometry(EquatableArray<int> Strides, EquatableArray<int> Before, EquatableArray<int> After, EquatableArray<int> Dilations, int Groups)
{
    public int Rank => this.Strides.Count;

    public override string ToString()
    {
        List<string> parts = [];
        Add("strides", this.Strides, 1);
        if (this.Before.Concat(this.After).Any(p => p != 0))
        {
            parts.Add($"pads={string.Join(" ", this.Before)} {string.Join(" ", this.After)}");
        }

        Add("dilations", this.Dilations, 1);
        if (this.Groups != 1)
        {
            parts.Add($"groups={this.Groups}");
        }

        return string.Join(", ", parts);

        void Add(string name, EquatableArray<int> values, int neutral)
        {
            if (values.Any(v => v != neutral))
            {
                parts.Add($"{name}={string.Join(" ", values)}");
            }
        }
    }

    /// <summary>The same over a map whose zeros along one axis of space are not in it.</summary>
    public ConvGeometry WithZeros(int axis, long before, long after) => this with
    {
        Before = this.Before.Select((b, i) => i == axis ? checked((int)(b + before)) : b).ToEquatableArray(),
        After = this.After.Select((a, i) => i == axis ? checked((int)(a + after)) : a).ToEquatableArray(),
    };

    /// <summary>The map without the zeros that a <see cref="Pad"/> puts along an axis of space, and the geometry that has them instead; null where none does so by constants.</summary>
    public (ConvGeometry Geometry, Value X)? WithoutPad(Value x) =>
        Pad.AroundMap(x, this.Rank) is (int axis, long before, long after, Value inner) ? (this.WithZeros(axis, before, after), inner) : null;

    /// <summary>
    /// The inner size, if the one place that a dense filter has covers the whole map: the convolution is then the product of the samples, a row each, with the filter as a matrix.
    /// </summary>
    public Dim? InnerOfProduct(Shape x, Shape w)
    {
        bool Covers(int i) => this.Before[i] == 0 && this.After[i] == 0 && x[i + 1] == w[i] && (this.Dilations[i] == 1 || w[i] == 1);
        return this.Groups == 1 && w.IsConstant && Enumerable.Range(0, this.Rank).All(Covers) ? w.CountOf(0, w.Rank - 1) : null;
    }

    /// <summary>Y's shape: floor((X + pads - dilation (kernel - 1) - 1) / stride) + 1 along each axis of space.</summary>
    public Shape OutputShape(Shape x, Shape w)
    {
        if (x.Rank != this.Rank + 2 || w.Rank != this.Rank + 2)
        {
            throw new ShapeException($"A convolution over {this.Rank} axes takes an input and a filter of rank {this.Rank + 2}, not {x} and {w}.");
        }

        if (!x.Last.IsConstant || x.Last.Constant != w[-2].Constant * this.Groups || w.Last.Constant % this.Groups != 0)
        {
            throw new ShapeException($"The filter {w} in {this.Groups} groups does not fit the channels of {x}.");
        }

        List<Dim> dims = [x[0]];
        for (int i = 0; i < this.Rank; i++)
        {
            long extent = (this.Dilations[i] * (w[i].Constant - 1)) + 1;
            Dim size = x[i + 1].Affine(this.Before[i] + this.After[i] - extent + this.Strides[i], this.Strides[i]);
            dims.Add(size.IsConstant && size.Constant < 1 ? throw new ShapeException($"The filter {w} with {this} is larger than the input {x}.") : size);
        }

        dims.Add(w.Last);
        return Shape.Of(dims);
    }

    /// <summary>
    /// Visits every product of the convolution, as rows: an element of X, and where the elements of W by which it is multiplied and those of Y to which it is added begin,
    /// and how many there are.
    /// </summary>
    public void ForEachRow(int[] x, int[] w, int[] y, Action<int, int, int, int> visit)
    {
        int channels = w[w.Length - 2], outputs = y[y.Length - 1], perGroup = outputs / this.Groups;
        int[] kernel = [.. w.Take(this.Rank)];
        int[] places = [.. y.Take(this.Rank + 1)];
        int place = 0;
        foreach (int[] at in DoubleTensor.Indices(places))
        {
            int tap = 0;
            foreach (int[] k in DoubleTensor.Indices(kernel))
            {
                int source = at[0];
                bool isInside = true;
                for (int i = 0; i < this.Rank; i++)
                {
                    int position = (at[i + 1] * this.Strides[i]) - this.Before[i] + (k[i] * this.Dilations[i]);
                    isInside &= position >= 0 && position < x[i + 1];
                    source = (source * x[i + 1]) + position;
                }

                for (int channel = 0; isInside && channel < channels * this.Groups; channel++)
                {
                    int first = channel / channels * perGroup;
                    visit((source * x[x.Length - 1]) + channel, (((tap * channels) + (channel % channels)) * outputs) + first, (place * outputs) + first, perGroup);
                }

                tap++;
            }

            place++;
        }
    }
}
