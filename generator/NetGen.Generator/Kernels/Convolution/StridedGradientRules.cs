namespace NetGen.Generator;

/// <summary>Lowers gradients of convolutions with strides to their inputs, and transposed convolutions, over one and two axes.</summary>
internal static class StridedGradientRules
{
    /// <summary>Whether there are strides, and no dilations, which would mix their classes.</summary>
    public static bool Takes(ConvInputGradient op) => op.Geometry.Strides.Any(s => s > 1) && op.Geometry.Dilations.All(d => d == 1);

    /// <summary>The tiled kernel of a dense input gradient with an epilogue whose result is <paramref name="output"/>.</summary>
    public static void Lower(Lowering lowering, Node node, Value output, Epilogue epilogue, IReadOnlyList<Value> operands)
    {
        ConvInputGradient op = (ConvInputGradient)node.Op;
        (Value dy, Value w) = (node.Inputs[0], node.Inputs[1]);
        bool isLine = op.Geometry.Rank == 1;
        int last = op.Geometry.Rank - 1, filters = Size(w.Shape.Last), channels = Size(op.Input.Last);
        (WindowAxis rows, int top) = isLine ? (new WindowAxis(1, 1, 1, 1, 1, 0, Spreads: true), 0) : Axis(0);
        (WindowAxis columns, int left) = Axis(last);
        StridedGradientKernel kernel = new(dy.Shape[0], rows, columns, filters, channels, epilogue);
        Buffer map = ConvRules.Spread(lowering, dy, isLine ? 1 : Size(dy.Shape[1]), Size(dy.Shape[-2]), filters, 1, 1, top, left, rows.Inputs, columns.Inputs);
        lowering.Add(kernel, [map, Filter(), .. operands.Select(o => lowering.Read(o)), lowering.Write(output)]);

        // The axis from dY with zeros around it, and how many lie before it.
        (WindowAxis Axis, int Before) Axis(int i)
        {
            (int stride, int before, int taps, int inputs, int outputs) = (op.Geometry.Strides[i], op.Geometry.Before[i], Size(w.Shape[i]), Size(dy.Shape[i + 1]), Size(op.Input[i + 1]));
            (int pads, int behind) = (0, 0);
            for (int o = 0; o < outputs; o++)
            {
                // The class has elements of the filter, the first of which meets the nearest input.
                (int nearest, int first) = ((o + before) / stride, (o + before) % stride);
                int count = (taps - first + stride - 1) / stride;
                if (count > 0)
                {
                    (pads, behind) = (Math.Max(pads, count - 1 - nearest), Math.Max(behind, nearest - inputs + 1));
                }
            }

            return (new WindowAxis(pads + inputs + behind, outputs, taps, stride, 1, before + (pads * stride), Spreads: true), pads);
        }

        Buffer Filter()
        {
            EquatableArray<Dim> sizes = EquatableArray.Of<Dim>(rows.Taps, columns.Taps, channels, filters, rows.Stride, columns.Stride);
            RuntimeKernel classes = new("PanelsToClassPanels", sizes, $"The filter X ({rows.Taps}, {columns.Taps}, {channels}, {filters}) by classes of {rows.Stride}x{columns.Stride}, each turned around, its channels exchanged, in panels.")
            {
                Panels = (channels + PanelLayout.Width - 1) / PanelLayout.Width,
            };
            return lowering.Convert(w, classes, PanelLayout.Instance.Length(Shape.Of(rows.Taps * columns.Taps * filters, channels)), PanelLayout.Instance);
        }
    }

    private static int Size(Dim dim) => checked((int)dim.Constant);
}
