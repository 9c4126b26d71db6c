{{- define "fta.name" -}}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{- end }}

{{- define "fta.selector" -}}
app.kubernetes.io/name: fta-gateway
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "fta.labels" -}}
{{ include "fta.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- /* The configuration: what the values say, and what the pod makes so. A gateway listens on loopback only; the door beside it is what others reach. */}}
{{- define "fta.config" -}}
{{- $keys := dict }}
{{- range $name := list "signing" "capability" "lookup" "transport" }}
{{- with index $.Values.keys $name }}{{- $_ := set $keys $name (printf "/run/keys/%s" .) }}{{- end }}
{{- end }}
{{- $pod := dict "listen" "127.0.0.1:8080" "data" "/data" "keys" $keys }}
{{- if .Values.participantsConfigMap }}
{{- $_ := set $pod "participants" (dict "folder" "/etc/fta/participants") }}
{{- end }}
{{- with .Values.redis }}
{{- if .url }}
{{- $cache := dict "redis" .url "redisKey" (printf "/run/redis/%s" .key) }}
{{- with .password }}{{- $_ := set $cache "redisPassword" (printf "/run/redis/%s" .) }}{{- end }}
{{- $_ := set $pod "cache" $cache }}
{{- end }}
{{- end }}
{{- mergeOverwrite (deepCopy .Values.config) $pod | toYaml }}
{{- end }}

{{- define "fta.hardened" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
