using NetGen.Onnx.Proto;

namespace NetGen.Onnx;

/// <summary>Puts the nodes of a model's own functions in place of their calls.</summary>
internal static class FunctionInliner
{
    private const int MostDepth = 16;

    /// <summary>The graph without calls of the model's functions.</summary>
    public static GraphProto Inline(ModelProto model, int mostNodes, List<string> problems)
    {
        if (model.Functions.Count == 0)
        {
            return model.Graph;
        }

        Dictionary<(string, string), FunctionProto> functions = [];
        foreach (FunctionProto function in model.Functions)
        {
            functions[(function.Domain, function.Name)] = function;
        }

        GraphProto graph = model.Graph.Clone();
        List<NodeProto> nodes = [.. graph.Node];
        graph.Node.Clear();
        int calls = 0;
        foreach (NodeProto node in nodes)
        {
            Expand(node, 0);
        }

        return graph;

        void Expand(NodeProto node, int depth)
        {
            if (graph.Node.Count > mostNodes)
            {
                return;
            }

            if (!functions.TryGetValue((node.Domain, node.OpType), out FunctionProto? function))
            {
                graph.Node.Add(node);
                return;
            }

            if (depth == MostDepth)
            {
                problems.Add($"The function '{ModelFileException.Shorten(node.OpType)}' calls itself, or functions call each other more than {MostDepth} deep.");
                return;
            }

            string prefix = $"{(node.Name.Length > 0 ? node.Name : node.OpType)}:{calls++}/";
            Dictionary<string, string> names = new(StringComparer.Ordinal) { [""] = "" };
            for (int i = 0; i < function.Input.Count; i++)
            {
                names[function.Input[i]] = i < node.Input.Count ? node.Input[i] : "";
            }

            for (int i = 0; i < function.Output.Count && i < node.Output.Count; i++)
            {
                names[function.Output[i]] = node.Output[i].Length > 0 ? node.Output[i] : prefix + function.Output[i];
            }

            foreach (NodeProto inner in function.Node)
            {
                NodeProto copy = new() { OpType = inner.OpType, Domain = inner.Domain, Name = prefix + inner.Name };
                copy.Input.Add(inner.Input.Select(Name));
                copy.Output.Add(inner.Output.Select(Name));
                copy.Attribute.Add(inner.Attribute.Select(a => Attribute(a, node, function)).OfType<AttributeProto>());
                Expand(copy, depth + 1);
            }

            string Name(string name) => names.TryGetValue(name, out string? known) ? known : names[name] = prefix + name;
        }
    }

    /// <summary>An attribute of a node within a function: its own, or the one of the call that it refers to, or that one's default.</summary>
    private static AttributeProto? Attribute(AttributeProto attribute, NodeProto call, FunctionProto function)
    {
        if (attribute.RefAttrName.Length == 0)
        {
            return attribute;
        }

        AttributeProto? given = call.Attribute.FirstOrDefault(a => a.Name == attribute.RefAttrName) ?? function.AttributeProto.FirstOrDefault(a => a.Name == attribute.RefAttrName);
        if (given is null)
        {
            return null;
        }

        AttributeProto copy = given.Clone();
        copy.Name = attribute.Name;
        return copy;
    }
}
