using Google.Protobuf;
using NetGen.Reporting.Proto;

namespace NetGen.Reporting;

/// <summary>
/// The graph of a network for TensorBoard, of the text in which the compiler describes it by ONNX's operators: a node for each of them under its layer's name, with its weights beside it. What
/// stands in the body of a loop is within the loop's node.
/// </summary>
internal static class Graphs
{
    /// <summary>TensorFlow's version of the format since which graphs are as they are.</summary>
    private const int Producer = 1882;

    /// <summary>Makes the graph.</summary>
    /// <param name="text">Lines of <c>input</c>, <c>weight</c>, <c>constant</c>, <c>node</c> and <c>output</c>.</param>
    public static GraphDef Of(string text)
    {
        GraphDef graph = new() { Versions = new VersionDef { Producer = Producer } };
        HashSet<string> names = new(StringComparer.Ordinal);
        Dictionary<string, string> nodes = new(StringComparer.Ordinal);
        int depth = 0;
        foreach (string line in text.Split('\n'))
        {
            OnnxLine words = new(line);
            string kind = words.Word();
            if (kind == "body") depth++;
            else if (kind == "end") depth--;
            else if (depth > 0) continue;
            switch (kind)
            {
                case "input" when words.Name() is var input:
                    nodes[input] = Add(input, "Placeholder", [], string.Join(' ', Rest(words)));
                    break;
                case "weight":
                    string value = words.Name(), parameter = words.Name();
                    nodes[value] = Add(parameter, "Variable", [], string.Join(' ', Rest(words)));
                    break;
                case "constant" when words.Name() is var constant:
                    nodes[constant] = Add(constant, "Const", [], "");
                    break;
                case "node":
                    string scope = words.Name(), op = words.Word();
                    List<string> inputs = words.Names(), outputs = words.Names();
                    string node = Add(scope.Length == 0 ? op : $"{scope}/{op}", op, inputs, string.Join(' ', Rest(words)));
                    for (int i = 0; i < outputs.Count; i++) nodes[outputs[i]] = i == 0 ? node : $"{node}:{i}";
                    break;
                case "output":
                    string output = words.Name();
                    Add("outputs/" + output, "Identity", [words.Name()], string.Join(' ', Rest(words)));
                    break;
            }
        }

        return graph;

        string Add(string name, string op, List<string> inputs, string description)
        {
            // TensorBoard knows letters, digits and a few signs.
            string stem = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/' ? c : '_')), unique = stem;
            for (int i = 1; !names.Add(unique); i++) unique = $"{stem}_{i}";
            NodeDef node = new() { Name = unique, Op = op };
            node.Input.AddRange(inputs.Where(i => i.Length > 0).Select(i => nodes.GetValueOrDefault(i, i)));
            if (description.Length > 0) node.Attr["description"] = new AttrValue { S = ByteString.CopyFromUtf8(description) };
            graph.Node.Add(node);
            return unique;
        }
    }

    private static IEnumerable<string> Rest(OnnxLine words)
    {
        while (words.Word() is { Length: > 0 } word) yield return word.Trim('"');
    }
}
