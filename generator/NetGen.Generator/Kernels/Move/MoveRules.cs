namespace NetGen.Generator;

/// <summary>Lowers ops that only move data: every one is a copy of rows between two arrays whose rows lie at different distances.</summary>
internal static class MoveRules
{
    /// <summary>Whether a node adds to a state of a stream.</summary>
    public static bool Adds(Node node) => node.Op is Concat && node.Inputs[0].IsGrowing;

    /// <summary>What was there stays where it is; what a call adds is made in its place, or copied there.</summary>
    public static bool LowerAdding(Lowering lowering, Node node)
    {
        if (!Adds(node))
        {
            return false;
        }

        Value added = node.Inputs[1];
        Buffer place = lowering.Behind(node.Inputs[0], added), from = lowering.Read(added);
        if (from.Root != place.Root || from.Shift != place.Shift)
        {
            lowering.Add(RuntimeKernel.Copy(added.Shape.Count), from, place);
        }

        lowering.Alias(node.Output, node.Inputs[0]);
        return true;
    }

    public static bool LowerConcat(Lowering lowering, Node node)
    {
        int axis = ((Concat)node.Op).Axis;
        Shape y = node.Output.Shape;
        Buffer output = lowering.Write(node.Output);
        Dim inner = y.CountOf(axis + 1, y.Rank);
        EquatableArray<Dim> before = EquatableArray<Dim>.Empty;
        foreach (Value input in node.Inputs)
        {
            // Where this input begins in a row of the output: a run-time size where one before it is.
            Dim size = input.Shape[axis] * inner;
            lowering.Add(new CopyRowsKernel(y.CountOf(0, axis), size, size, y[axis] * inner, EquatableArray<Dim>.Empty, before), lowering.Read(input), output);
            before = before.Append(size).ToEquatableArray();
        }

        return true;
    }

    public static bool LowerSlice(Lowering lowering, Node node)
    {
        Slice slice = (Slice)node.Op;
        Shape x = node.Inputs[0].Shape;
        Dim inner = x.CountOf(slice.Axis + 1, x.Rank);
        if (slice.Axis == 0 && x[0].IsConstant && !slice.Size.IsConstant)
        {
            // Only the call can say whether a table of positions is long enough.
            RuntimeKernel first = new("Sequences.FirstRows", EquatableArray.Of(x[0], slice.Size, inner), $"Y = the first {slice.Size} rows of X {x}.");
            lowering.Add(first, lowering.Read(node.Inputs[0]), lowering.Write(node.Output));
            return true;
        }

        CopyRowsKernel kernel = new(x.CountOf(0, slice.Axis), slice.Size * inner, x[slice.Axis] * inner, slice.Size * inner, EquatableArray.Of(slice.Start * inner), EquatableArray<Dim>.Empty);
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Write(node.Output));
        return true;
    }

    public static bool LowerPad(Lowering lowering, Node node)
    {
        Pad pad = (Pad)node.Op;
        Shape x = node.Inputs[0].Shape;
        Dim inner = x.CountOf(pad.Axis + 1, x.Rank);
        Buffer output = lowering.Write(node.Output);
        Buffer input = lowering.Read(node.Inputs[0]);
        lowering.Add(new RuntimeKernel("Clear", EquatableArray.Of(node.Output.Shape.Count), $"Y = 0, {node.Output.Shape.Count} floats.") { Inputs = EquatableArray<string>.Empty }, output);
        CopyRowsKernel kernel = new(x.CountOf(0, pad.Axis), x[pad.Axis] * inner, x[pad.Axis] * inner, pad.Size * inner, EquatableArray<Dim>.Empty, EquatableArray.Of(pad.Before * inner));
        lowering.Add(kernel, input, output);
        return true;
    }

    public static bool LowerReverse(Lowering lowering, Node node)
    {
        int axis = ((Reverse)node.Op).Axis;
        Shape x = node.Output.Shape;
        RuntimeKernel kernel = new("Reverse", EquatableArray.Of(x.CountOf(0, axis), x[axis], x.CountOf(axis + 1, x.Rank)), $"Y = X {x} backwards along axis {axis}.");
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Write(node.Output));
        return true;
    }

    public static bool LowerSequenceMask(Lowering lowering, Node node)
    {
        Shape y = node.Output.Shape;
        RuntimeKernel kernel = new("Sequences.Mask", EquatableArray.Of(y[1]), $"Y {y} = 1 before the length of each sample, else 0.") { Rows = y[0] };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Write(node.Output));
        return true;
    }

    public static bool LowerSinePositions(Lowering lowering, Node node)
    {
        SinePositions op = (SinePositions)node.Op;
        RuntimeKernel kernel = new("Sequences.SinePositions", EquatableArray.Of<Dim>(op.Start, op.Time, op.Size, op.Wavelength), $"Y {node.Output.Shape} = sine and cosine of positions, of waves up to {op.Wavelength} long.") { Inputs = EquatableArray<string>.Empty };
        lowering.Add(kernel, lowering.Write(node.Output));
        return true;
    }

    public static bool LowerGather(Lowering lowering, Node node)
    {
        Shape table = node.Inputs[0].Shape, indices = node.Inputs[1].Shape;
        Dim row = table.CountOf(1, table.Rank);
        RuntimeKernel kernel = new("Gather", EquatableArray.Of(table[0], row, indices.Count), $"Y = rows of X {table} at I {indices}.") { Inputs = EquatableArray.Of("x", "indices") };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Read(node.Inputs[1]), lowering.Write(node.Output));
        return true;
    }

    public static bool LowerGatherGradient(Lowering lowering, Node node)
    {
        Shape table = node.Output.Shape, indices = node.Inputs[1].Shape;
        Dim row = table.CountOf(1, table.Rank);
        RuntimeKernel kernel = new("GatherGradient", EquatableArray.Of(table[0], row, indices.Count), $"dX {table} = sums of the rows of dY at their places I {indices}.") { Inputs = EquatableArray.Of("x", "indices") };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Read(node.Inputs[1]), lowering.Write(node.Output));
        return true;
    }
}

/// <summary>Rows of one length from one array to another: Y[r * StrideY + PlaceY + i] = X[r * StrideX + PlaceX + i].</summary>
/// <param name="Rows">How many.</param>
/// <param name="Length">Floats of a row.</param>
/// <param name="StrideX">Floats from row to row in X.</param>
/// <param name="StrideY">Floats from row to row in Y.</param>
/// <param name="PlaceX">What to add up for the first float in X.</param>
/// <param name="PlaceY">What to add up for the first float in Y.</param>
internal sealed record CopyRowsKernel(Dim Rows, Dim Length, Dim StrideX, Dim StrideY, EquatableArray<Dim> PlaceX, EquatableArray<Dim> PlaceY) : Kernel
{
    public override string Name => "CopyRows_" + string.Concat($"{this.Rows}x{this.Length}_{this.StrideX}_{string.Join("_", this.PlaceX)}_to_{this.StrideY}_{string.Join("_", this.PlaceY)}".Select(c => char.IsLetterOrDigit(c) ? c : '_'));

    public override string Summary => $"{this.Rows} rows of {this.Length} floats, {this.StrideX} apart in X and {this.StrideY} apart in Y.";

    public override IReadOnlyList<KernelOperand> Operands => this.Units is null ? [new("x", Access.ReadAll), new("y", Access.WriteScattered)] : [new("x", Access.ReadOwn), new("y", Access.WriteOwn)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of([this.Rows, this.Length, this.StrideX, this.StrideY, .. this.PlaceX, .. this.PlaceY]);

    /// <summary>What is copied of a row lies within it.</summary>
    public override Dim? Units => this.Rows == 1 ? null : this.Rows;

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: false, options))
        {
            string rows = this.Units is null ? Literal.Size(this.Rows) : "end - start";
            code.Line($"Packing.CopyRows(ref Unsafe.Add(ref x, {this.Place(this.StrideX, this.PlaceX)}), ref Unsafe.Add(ref y, {this.Place(this.StrideY, this.PlaceY)}), {rows}, {Literal.Size(this.Length)}, {Literal.Size(this.StrideX)}, {Literal.Size(this.StrideY)});");
        }
    }

    private string Place(Dim stride, EquatableArray<Dim> terms)
    {
        string[] all = [.. this.Units is null ? Array.Empty<string>() : [$"start * {Literal.Size(stride)}"], .. terms.Select(Literal.Size)];
        return all.Length == 0 ? "0" : string.Join(" + ", all.Select(t => $"({t})"));
    }
}
