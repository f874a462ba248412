using Google.Protobuf;
using NetGen.Onnx.Proto;

namespace NetGen.Onnx;

/// <summary>Operators that ONNX defines by others: their nodes are put in their place.</summary>
internal static class Decompositions
{
    private static readonly Dictionary<string, Action<Expansion>> Rows = new(StringComparer.Ordinal)
    {
        ["NegativeLogLikelihoodLoss"] = e => Loss(e, e.Node.Input[0]),
        ["SoftmaxCrossEntropyLoss"] = e =>
        {
            string logits = e.Add("LogSoftmax", [e.Node.Input[0]], e.Output(1), ("axis", 1));
            Loss(e, logits);
        },
    };

    public static bool Has(string op) => Rows.ContainsKey(op);

    /// <summary>The nodes with those that are defined by others expanded.</summary>
    public static IEnumerable<NodeProto> Expand(IEnumerable<NodeProto> nodes, int opset)
    {
        foreach (NodeProto node in nodes)
        {
            if (node.Domain is not ("" or "ai.onnx") || node.Input.Count < 2 || node.Output.Count == 0 || !Rows.TryGetValue(node.OpType, out Action<Expansion>? expand))
            {
                yield return node;
                continue;
            }

            Expansion expansion = new(node, opset);
            expand(expansion);
            foreach (NodeProto inner in expansion.Nodes)
            {
                yield return inner;
            }
        }
    }

    /// <summary>The negative of the input (batch, classes, ...) at the target (batch, ...), weighted by the classes, summed or averaged.</summary>
    private static void Loss(Expansion e, string input)
    {
        NodeProto node = e.Node;
        string target = node.Input[1], weights = node.Input.Count > 2 ? node.Input[2] : "";
        string reduction = node.Attribute.FirstOrDefault(a => a.Name == "reduction")?.S.ToStringUtf8() ?? "mean";
        long? ignored = node.Attribute.FirstOrDefault(a => a.Name == "ignore_index")?.I;
        string keep = "", safe = target;
        if (ignored is { } index)
        {
            // An ignored target may be no class: the first stands for it, with the weight 0.
            string isIgnored = e.Add("Equal", [target, e.Integers([], index)]);
            safe = e.Add("Where", [isIgnored, e.Integers([], 0), target]);
            keep = e.Add("Cast", [e.Add("Not", [isIgnored])], null, ("to", (long)DataType.Float));
        }

        string picked = e.Squeeze(e.Add("GatherElements", [input, e.Unsqueeze(safe, 1)], null, ("axis", 1)), 1);
        string loss = e.Add("Neg", [picked]);
        string factor = weights.Length == 0 ? keep : e.Add("Gather", [weights, safe], null, ("axis", 0));
        if (weights.Length > 0 && keep.Length > 0)
        {
            factor = e.Add("Mul", [factor, keep]);
        }

        string? output = e.Output(0);
        if (factor.Length == 0)
        {
            e.Add(reduction switch { "none" => "Identity", "sum" => "ReduceSum", _ => "ReduceMean" }, [loss], output, reduction == "none" ? [] : [("keepdims", 0)]);
            return;
        }

        loss = e.Add("Mul", [loss, factor], reduction == "none" ? output : null);
        if (reduction == "none")
        {
            return;
        }

        string sum = e.Add("ReduceSum", [loss], reduction == "sum" ? output : null, ("keepdims", 0));
        if (reduction != "sum")
        {
            e.Add("Div", [sum, e.Add("ReduceSum", [factor], null, ("keepdims", 0))], output);
        }
    }

    private sealed class Expansion(NodeProto node, int opset)
    {
        private readonly string prefix = (node.Name.Length > 0 ? node.Name : node.Output[0]) + "/";

        public NodeProto Node { get; } = node;

        public List<NodeProto> Nodes { get; } = [];

        public string? Output(int index) => index < this.Node.Output.Count && this.Node.Output[index].Length > 0 ? this.Node.Output[index] : null;

        public string Add(string op, string[] inputs, string? output = null, params (string Name, long Value)[] attributes)
        {
            NodeProto inner = new() { OpType = op, Name = $"{this.prefix}{op}_{this.Nodes.Count}" };
            inner.Input.Add(inputs);
            inner.Output.Add(output ?? inner.Name);
            inner.Attribute.Add(attributes.Select(a => new AttributeProto { Name = a.Name, Type = AttributeProto.Types.AttributeType.Int, I = a.Value }));
            this.Nodes.Add(inner);
            return inner.Output[0];
        }

        public string Integers(long[] shape, params long[] values)
        {
            TensorProto tensor = new() { DataType = (int)DataType.Int64 };
            tensor.Dims.Add(shape);
            tensor.Int64Data.Add(values);
            string name = this.Add("Constant", []);
            this.Nodes[^1].Attribute.Add(new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = tensor });
            return name;
        }

        public string Squeeze(string input, long axis) => this.WithAxis("Squeeze", input, axis);

        public string Unsqueeze(string input, long axis) => this.WithAxis("Unsqueeze", input, axis);

        private string WithAxis(string op, string input, long axis)
        {
            if (opset >= 13)
            {
                return this.Add(op, [input, this.Integers([1], axis)]);
            }

            string name = this.Add(op, [input]);
            AttributeProto axes = new() { Name = "axes", Type = AttributeProto.Types.AttributeType.Ints };
            axes.Ints.Add(axis);
            this.Nodes[^1].Attribute.Add(axes);
            return name;
        }
    }
}
