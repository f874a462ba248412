namespace NetGen.Generator;

/// <summary>Lowers convolutions and their gradients over one and two axes.</summary>
internal static class ConvRules
{
    /// <summary>Register tiles, where the map's sizes are constants and the filter is dense: one group, or depthwise and others by plain loops.</summary>
    public static bool LowerForward(Lowering lowering, Node node) => LowerForward(lowering, node, node.Output, Epilogue.None, []);

    /// <summary>Whether a node gets register tiles, which take an epilogue along.</summary>
    public static bool IsTiled(Node node) => node.Op switch
    {
        Conv op => IsDense(op.Geometry, node.Inputs[0].Shape, node.Inputs[1].Shape),
        ConvInputGradient op => IsDense(op.Geometry, op.Input, node.Inputs[1].Shape) && (StridedGradientRules.Takes(op) || IsMirrored(op.Geometry, op.Input, node.Inputs[1].Shape)),
        _ => false,
    };

    /// <summary>The tiled kernel of a convolution, or of an input gradient, with an epilogue whose result is <paramref name="output"/>.</summary>
    public static bool Lower(Lowering lowering, Node node, Value output, Epilogue epilogue, IReadOnlyList<Value> operands) =>
        node.Op is Conv ? LowerForward(lowering, node, output, epilogue, operands) : LowerInputGradient(lowering, node, output, epilogue, operands);

    public static bool LowerInputGradient(Lowering lowering, Node node) => LowerInputGradient(lowering, node, node.Output, Epilogue.None, []);

    /// <summary>A sum over all pixels: register tiles with X transposed.</summary>
    public static bool LowerFilterGradient(Lowering lowering, Node node)
    {
        ConvGeometry geometry = ((ConvFilterGradient)node.Op).Geometry;
        (Value x, Value dy) = (node.Inputs[0], node.Inputs[1]);
        Shape filter = ((ConvFilterGradient)node.Op).Filter;
        if (!IsDense(geometry, x.Shape, filter) || lowering.IsCallers(dy))
        {
            return false;
        }

        Axes axes = new(geometry, x.Shape, filter);
        if (axes.IsPointwise && WeightGradientKernel.TakesPixels(x.Shape[0], axes.Filters))
        {
            // Pixels are the rows of a matrix.
            new WeightGradientKernel(x.Shape.CountOf(0, x.Shape.Rank - 1), axes.Sizes.Channels, axes.Filters).Lower(lowering, x, dy, node.Output);
            return true;
        }

        Layout panels = PanelLayout.Instance;
        bool toPanels = lowering.Wanted(node.Output) == panels;
        Buffer result = toPanels ? lowering.Write(node.Output, panels) : lowering.Scratch(panels.Length(filter), node.Output.Name, panels);
        (WinogradForm? form, string reason) = WinogradForm.ForFilterGradient(axes.Sizes, axes.Filters, lowering.IsPrecise);
        if (form is not null)
        {
            LowerFactorGradients(lowering, x, dy, axes, form, reason, result);
        }
        else
        {
            ConvFilterGradientKernel kernel = new(x.Shape[0], axes.Sizes, axes.Filters, reason);
            lowering.Add(kernel, [Padded(lowering, x, axes), lowering.Read(dy), .. kernel.PackedFloats > 0 ? [lowering.Scratch(Dim.Parts * kernel.PackedFloats, "columns of dY")] : Array.Empty<Buffer>(), result]);
        }

        if (!toPanels)
        {
            WeightGradientKernel.ToPlain(lowering, result, axes.Sizes.Inner, axes.Filters, node.Output);
        }

        return true;
    }

    /// <summary>The gradients of the filter's factors by tiles, then the filter's own.</summary>
    private static void LowerFactorGradients(Lowering lowering, Value x, Value dy, Axes axes, WinogradForm form, string reason, Buffer result)
    {
        ConvSizes s = axes.Sizes;
        WinogradFilterGradientKernel kernel = new(x.Shape[0], new WinogradMap(axes.Height, axes.Width, s.Channels, axes.Top, axes.Left), s.OutputHeight, s.OutputWidth, axes.Filters, form, reason);
        Buffer scratch = lowering.Scratch(Dim.Parts * kernel.ScratchFloats, "factors");
        Buffer target = kernel.TransformsBack ? result : lowering.Scratch(kernel.ResultFloats, "gradients of factors");
        lowering.Add(kernel, lowering.Read(x), lowering.Read(dy), scratch, target);
        if (!kernel.TransformsBack)
        {
            EquatableArray<Dim> arguments = EquatableArray.Of<Dim>(s.Channels, axes.Filters, kernel.Groups, kernel.ChunkC, kernel.ChunkM);
            lowering.Add(new RuntimeKernel("Winograd.FilterGradient" + form.Suffix, arguments, $"The gradient of the filter Y ({form.Taps}, {form.Taps}, {s.Channels}, {axes.Filters}), in panels, from those of its factors.")
            {
                Panels = kernel.Chunks,
            }, target, result);
        }
    }

    /// <summary>The plain loops of the runtime library: groups, sizes known at run time.</summary>
    public static bool LowerDirect(Lowering lowering, Node node) => node.Op switch
    {
        Conv op => Direct(lowering, node, "Direct.Conv", op.Geometry, node.Inputs[0].Shape, node.Inputs[1].Shape, node.Output.Shape, EquatableArray.Of("x", "w"), rows: true),
        ConvInputGradient op => Direct(lowering, node, "Direct.ConvInputGradient", op.Geometry, op.Input, node.Inputs[1].Shape, node.Inputs[0].Shape, EquatableArray.Of("dy", "w"), rows: true),
        ConvFilterGradient op => Direct(lowering, node, "Direct.ConvFilterGradient", op.Geometry, node.Inputs[0].Shape, op.Filter, node.Inputs[1].Shape, EquatableArray.Of("x", "dy"), rows: false),
        _ => false,
    };

    private static bool LowerForward(Lowering lowering, Node node, Value output, Epilogue epilogue, IReadOnlyList<Value> operands)
    {
        ConvGeometry geometry = ((Conv)node.Op).Geometry;
        (Value x, Value w) = (node.Inputs[0], node.Inputs[1]);
        if (!IsDense(geometry, x.Shape, w.Shape))
        {
            return false;
        }

        Axes axes = new(geometry, x.Shape, w.Shape);
        (WinogradForm? form, string reason) = WinogradForm.For(axes.Sizes, axes.Filters, lowering.IsPrecise, isFrugal: !lowering.IsTraining);
        if (form is not null)
        {
            LowerWinograd(lowering, x, axes.Height, axes.Width, axes.Top, axes.Left, axes.Sizes, axes.Filters, form, reason, Filter(), output, epilogue, operands);
            return true;
        }

        ConvKernel kernel = new(x.Shape[0], axes.Sizes, axes.Filters, epilogue, reason);
        Buffer? moments = ChannelRules.MomentsOf(lowering, output, kernel.MomentBlocks);
        Buffer[] results = moments is null ? [lowering.Write(output)] : [lowering.Write(output), moments];
        lowering.Add(kernel with { HasMoments = moments is not null }, [Padded(lowering, x, axes), Filter(), .. operands.Select(o => lowering.Read(o)), .. results]);
        return true;

        Buffer Filter() => lowering.Read(w, PanelLayout.Instance);
    }

    /// <summary>
    /// dX is a convolution of dY, with zeros around it, with the filter turned around and its channels exchanged. Strides make several of it; only where they meet
    /// dilations dY is spread with zeros between its pixels.
    /// </summary>
    private static bool LowerInputGradient(Lowering lowering, Node node, Value output, Epilogue epilogue, IReadOnlyList<Value> operands)
    {
        ConvInputGradient op = (ConvInputGradient)node.Op;
        (Value dy, Value w) = (node.Inputs[0], node.Inputs[1]);
        if (!IsDense(op.Geometry, op.Input, w.Shape))
        {
            return false;
        }

        if (StridedGradientRules.Takes(op))
        {
            StridedGradientRules.Lower(lowering, node, output, epilogue, operands);
            return true;
        }

        Axes axes = new(op.Geometry, op.Input, w.Shape);
        ConvSizes s = axes.Sizes;
        if (!IsMirrored(op.Geometry, op.Input, w.Shape))
        {
            return false;
        }

        (int top, int left) = (((s.KernelHeight - 1) * s.DilationHeight) - axes.Top, ((s.KernelWidth - 1) * s.DilationWidth) - axes.Left);
        int channels = s.Channels;
        ConvSizes mirrored = new(
            axes.Height + ((s.KernelHeight - 1) * s.DilationHeight), axes.Width + ((s.KernelWidth - 1) * s.DilationWidth), axes.Filters,
            s.KernelHeight, s.KernelWidth, 1, 1, s.DilationHeight, s.DilationWidth);
        (WinogradForm? form, string reason) = s.StrideHeight == 1 && s.StrideWidth == 1 ? WinogradForm.For(mirrored, channels, lowering.IsPrecise, isFrugal: !lowering.IsTraining) : (null, "strides spread its map");
        if (form is not null)
        {
            LowerWinograd(lowering, dy, s.OutputHeight, s.OutputWidth, top, left, mirrored, channels, form, reason, Filter(), output, epilogue, operands);
            return true;
        }

        Buffer from = Spread(lowering, dy, s.OutputHeight, s.OutputWidth, axes.Filters, s.StrideHeight, s.StrideWidth, top, left, mirrored.Height, mirrored.Width);
        lowering.Add(new ConvKernel(dy.Shape[0], mirrored, channels, epilogue, reason), [from, Filter(), .. operands.Select(o => lowering.Read(o)), lowering.Write(output)]);
        return true;

        Buffer Filter() => Mirrored(lowering, w, s.KernelHeight * s.KernelWidth, channels, axes.Filters);
    }

    /// <summary>Winograd's form: the filter becomes factors once for each version of the weights.</summary>
    private static void LowerWinograd(
        Lowering lowering, Value x, int height, int width, int top, int left, ConvSizes sizes, int filters, WinogradForm form, string reason, Buffer filter, Value output, Epilogue epilogue, IReadOnlyList<Value> operands)
    {
        WinogradKernel kernel = new(x.Shape[0], new WinogradMap(height, width, sizes.Channels, top, left), sizes.OutputHeight, sizes.OutputWidth, filters, form, epilogue, reason);
        RuntimeKernel transform = new("Winograd.Filter" + form.Suffix, EquatableArray.Of<Dim>(sizes.Channels, filters), $"The filter X ({form.Taps}, {form.Taps}, {sizes.Channels}, {filters}) as factors of {form}, in panels.")
        {
            Panels = (filters + PanelLayout.Width - 1) / PanelLayout.Width,
        };
        Buffer factors = lowering.Convert(filter, transform, (long)form.Planes * sizes.Channels * filters);
        Buffer scratch = lowering.Scratch(Dim.Parts * kernel.ScratchFloats, "factors");
        Buffer? moments = ChannelRules.MomentsOf(lowering, output, kernel.MomentBlocks);
        Buffer[] results = moments is null ? [lowering.Write(output)] : [lowering.Write(output), moments];
        lowering.Add(kernel with { HasMoments = moments is not null }, [lowering.Read(x), factors, .. operands.Select(o => lowering.Read(o)), scratch, .. results]);
    }

    /// <summary>Whether dY, spread, fits into the map of which dX is the convolution: there are no more zeros around X than the filter reaches.</summary>
    private static bool IsMirrored(ConvGeometry geometry, Shape x, Shape w)
    {
        Axes axes = new(geometry, x, w);
        ConvSizes s = axes.Sizes;
        (int reachHeight, int reachWidth) = ((s.KernelHeight - 1) * s.DilationHeight, (s.KernelWidth - 1) * s.DilationWidth);
        return axes.Top <= reachHeight && axes.Left <= reachWidth
            && ((s.OutputHeight - 1) * s.StrideHeight) + 1 <= axes.Height + axes.Top && ((s.OutputWidth - 1) * s.StrideWidth) + 1 <= axes.Width + axes.Left;
    }

    private static bool IsDense(ConvGeometry geometry, Shape x, Shape w) =>
        geometry.Rank <= 2 && geometry.Groups == 1 && w.Last != 1 && x.Dims.Skip(1).All(d => d.IsConstant) && w.IsConstant;

    /// <summary>X with its zeros around it, which its own gradient reads again; X itself where it has none.</summary>
    private static Buffer Padded(Lowering lowering, Value x, Axes axes) =>
        axes.HasNoPads ? lowering.Read(x)
        : Spread(lowering, x, axes.Height, axes.Width, axes.Sizes.Channels, 1, 1, axes.Top, axes.Left, axes.Sizes.Height, axes.Sizes.Width);

    /// <summary>The pixels of a map at distances in a larger one of zeros.</summary>
    public static Buffer Spread(Lowering lowering, Value x, int height, int width, int channels, int strideHeight, int strideWidth, int top, int left, int toHeight, int toWidth)
    {
        if (height == toHeight && width == toWidth && strideHeight == 1 && strideWidth == 1)
        {
            return lowering.Read(x);
        }

        EquatableArray<Dim> arguments = EquatableArray.Of<Dim>(height, width, channels, strideHeight, strideWidth, top, left, toHeight, toWidth);
        string formula = $"Y (n, {toHeight}, {toWidth}, {channels}) = zeros with X (n, {height}, {width}, {channels}) from ({top}, {left}) on{(strideHeight * strideWidth > 1 ? $", {strideHeight}x{strideWidth} apart" : "")}.";
        RuntimeKernel kernel = new("Spread", arguments, formula) { Rows = x.Shape[0] };
        return lowering.Convert(x, kernel, x.Shape[0] * ((long)toHeight * toWidth * channels));
    }

    private static Buffer Mirrored(Lowering lowering, Value w, int taps, int channels, int filters)
    {
        RuntimeKernel kernel = new("PanelsToMirroredPanels", EquatableArray.Of<Dim>(taps, channels, filters), $"The filter X ({taps} taps, {channels}, {filters}) turned around, its channels exchanged, in panels.")
        {
            Panels = (channels + PanelLayout.Width - 1) / PanelLayout.Width,
        };
        return lowering.Convert(w, kernel, PanelLayout.Instance.Length(Shape.Of(taps * filters, channels)), PanelLayout.Instance);
    }

    private static bool Direct(Lowering lowering, Node node, string method, ConvGeometry geometry, Shape x, Shape w, Shape y, EquatableArray<string> inputs, bool rows)
    {
        if (geometry.Rank > 2)
        {
            return false;
        }

        // One axis is two of which the first has size one.
        bool line = geometry.Rank == 1;
        Dim One(Func<Dim> first) => line ? 1 : first();
        int last = geometry.Rank - 1;
        List<Dim> arguments =
        [
            x[0], One(() => x[1]), x[-2], x[-1],
            One(() => w[0]), w[last], w[-1],
            One(() => y[1]), y[-2],
            One(() => geometry.Strides[0]), geometry.Strides[last],
            line ? 0 : geometry.Before[0], geometry.Before[last],
            One(() => geometry.Dilations[0]), geometry.Dilations[last],
            geometry.Groups,
        ];

        // The number of samples is not an argument where threads share them.
        string reason = geometry.Groups > 1 ? $"it has {geometry.Groups} groups"
            : !x.Slice(1, x.Rank).IsConstant || !w.IsConstant ? "sizes are known only at run time"
            : w.Last == 1 ? "it has one filter" : "its operand is the caller's memory";
        string formula = $"{node.Op} of X {x}, W {w}, Y {y}: direct loops, because {reason}; vectors along the output channels.";
        RuntimeKernel kernel = new(method, (rows ? arguments.Skip(1) : arguments).ToEquatableArray(), formula) { Inputs = inputs, Rows = rows ? x[0] : null };
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Read(node.Inputs[1]), lowering.Write(node.Output));
        return true;
    }

    /// <summary>A convolution's numbers along two axes.</summary>
    private sealed record Axes
    {
        public Axes(ConvGeometry geometry, Shape x, Shape w)
        {
            bool line = geometry.Rank == 1;
            int last = geometry.Rank - 1;
            int Of(Dim dim) => checked((int)dim.Constant);
            (this.Height, this.Width) = (line ? 1 : Of(x[1]), Of(x[-2]));
            (this.Top, this.Left) = (line ? 0 : geometry.Before[0], geometry.Before[last]);
            this.Filters = Of(w[-1]);
            this.Sizes = new ConvSizes(
                this.Height + this.Top + (line ? 0 : geometry.After[0]), this.Width + this.Left + geometry.After[last], Of(x[-1]),
                line ? 1 : Of(w[0]), Of(w[last]),
                line ? 1 : geometry.Strides[0], geometry.Strides[last],
                line ? 1 : geometry.Dilations[0], geometry.Dilations[last]);
        }

        /// <summary>The sizes of X without zeros.</summary>
        public int Height { get; }

        public int Width { get; }

        /// <summary>Rows and columns of zeros before X.</summary>
        public int Top { get; }

        public int Left { get; }

        public int Filters { get; }

        /// <summary>Whether every pixel is taken by itself, so that the map is a matrix with a row for each.</summary>
        public bool IsPointwise => this.Sizes is { KernelHeight: 1, KernelWidth: 1, StrideHeight: 1, StrideWidth: 1 } && (this.Sizes.Height, this.Sizes.Width) == (this.Height, this.Width);

        public ConvSizes Sizes { get; }

        public bool HasNoPads => this.Sizes.Height == this.Height && this.Sizes.Width == this.Width;
    }
}
